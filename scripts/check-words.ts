import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Words of a tale instead of the trade, each with those that say what happens. `docs/writing.md` has the reasons. */
const instead: readonly (readonly [RegExp, string])[] = [
  [/\b(?:told|tells?|telling)\b/i, 'send, return, say, name or distinguish'],
  [/\b(?:hears?|heard|hearing)\b/i, 'receive, read or accept'],
  [/\b(?:foresees?|foreseen|foresaw)\b/i, 'expect'],
  [/\b(?:somebody|whoever)\b/i, 'the actor'],
  [/\b(?:noted|noting)\b/i, 'recorded or stored'],
]
/** A place is a place of work. In these modules customers take something else, which has a word of its own. */
const booked = /^src[\\/](?:accounts|appointments|benefits|bookings|classes|devices|resources|trial-offers)[\\/]/
const ofBookings: typeof instead = [
  [/(?<!\b(?:takes?|took|taken) )\bplaces?\b(?! of work)/i, 'seat, time, position or studio'],
]
/** Names of functions and values that say whose something is and not what happens; the language has some of its own. */
const halfNames = [
  /\b(?:const|let|function)\s+(\w*[a-z]Of)\b/,
  /^\s+(?:async\s+)?(\w*[a-z]Of)\(.*\)(?::.*)?\s\{$/,
  /\b(?:const|let|function)\s+(told|somebody|whoever)\b/i,
  /\b(?:function\s+|const\s+(?=\w+ = (?:async )?\())((?:note(?![a-z])|tell|foresee)\w*|look)\b/,
  /^\s+(?:async\s+)?(#?(?:note(?![a-z])|tell|foresee)\w*|#?look)\(.*\)(?::.*)?\s\{$/,
]
const files = [
  '{src,test,scripts,bench}/**/*.{ts,js}',
  'bin/*.mjs',
  'src/**/*.sql',
  '{README,CONTRIBUTING,SECURITY,CHANGELOG}.md',
  'docs/**/*.md',
  'src/**/README.md',
]
/** They quote the words. */
const quoting = /^(?:docs[\\/]writing\.md|scripts[\\/]check-words\.(?:test\.)?ts)$/

const comment = /^\s*(?:\/\/|\/?\*)(.*)|\s\/\/\s(.*)/
const sqlComment = /--\s(.*)/
const testName = /\b(?:test|describe|it)\(\s*['"`](.*)/
/** A text of four words or more, as in declarations of operations, commands and events; a question is an example. */
const sentence =
  /'([^']*[a-z]+ [^']*[a-z]+ [^']*[a-z]+ [^']*[^?'])'|`([^`]*[a-z]+ [^`]*[a-z]+ [^`]*[a-z]+ [^`]*[^?`])`/i

/** What a line says to its reader: a comment, the name of a test, a sentence of the product, or a page but for its code. */
function readProse(file: string, line: string): string {
  if (file.endsWith('.md')) return line.replaceAll(/`[^`]*`/g, '')
  if (file.endsWith('.sql')) return sqlComment.exec(line)?.[1] ?? ''
  const found = comment.exec(line) ?? testName.exec(line) ?? (isDeclared(file) ? sentence.exec(line) : null)
  return found?.[1] ?? found?.[2] ?? ''
}

const isDeclared = (file: string) => file.startsWith('src') && !file.endsWith('.test.ts')

/** The banned words in the text of a file, one complaint an entry with its line. */
export function judgeWords(file: string, text: string): string[] {
  return text.split('\n').flatMap((line, at) => {
    const prose = readProse(file, line)
    const words = booked.test(file) ? [...instead, ...ofBookings] : instead
    const found = words.flatMap(([word, better]) => {
      const [hit] = word.exec(prose) ?? []
      return hit === undefined ? [] : [`${file}:${at + 1}: "${hit}"; write ${better}`]
    })
    const names = file.endsWith('.ts') ? halfNames.flatMap((name) => name.exec(line)?.[1] ?? []) : []
    return [...found, ...names.map((name) => `${file}:${at + 1}: ${name} does not say what it finds or does`)]
  })
}

/** Comments, names of tests and pages use the verbs of the trade. */
export function checkWords(root: string): string[] {
  return globSync(files, { cwd: root })
    .filter((file) => !quoting.test(file))
    .sort()
    .flatMap((file) => judgeWords(file, readFileSync(join(root, file), 'utf8')))
}
