import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Words of a tale instead of the trade, each with those that say what happens. `docs/writing.md` has the reasons. */
const instead: readonly (readonly [RegExp, string])[] = [
  [/\b(?:told|tells?|telling)\b/i, 'send, return, say, name or distinguish'],
  [/\b(?:hears?|heard|hearing)\b/i, 'receive, read or accept'],
  [/\b(?:foresees?|foreseen|foresaw)\b/i, 'expect'],
  [/\b(?:somebody|whoever)\b/i, 'the actor'],
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

/** What a line says to its reader: a comment, the name of a test, or all of a page but the code in it. */
function readProse(file: string, line: string): string {
  if (file.endsWith('.md')) return line.replaceAll(/`[^`]*`/g, '')
  const found = file.endsWith('.sql') ? sqlComment.exec(line) : (comment.exec(line) ?? testName.exec(line))
  return found?.[1] ?? found?.[2] ?? ''
}

/** The banned words in the text of a file, one complaint an entry with its line. */
export function judgeWords(file: string, text: string): string[] {
  return text.split('\n').flatMap((line, at) => {
    const prose = readProse(file, line)
    return instead.flatMap(([words, better]) => {
      const [word] = words.exec(prose) ?? []
      return word === undefined ? [] : [`${file}:${at + 1}: "${word}"; write ${better}`]
    })
  })
}

/** Comments, names of tests and pages use the verbs of the trade. */
export function checkWords(root: string): string[] {
  return globSync(files, { cwd: root })
    .filter((file) => !quoting.test(file))
    .sort()
    .flatMap((file) => judgeWords(file, readFileSync(join(root, file), 'utf8')))
}
