import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Comments and texts come first, so that what stands in them is passed over. */
const tokens = /\/\/.*|\/\*[^]*?\*\/|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`|\.\.\.\s*\(?\s*\{/g

/** What a helper of ours says in a word. A condition on anything but the value itself is none of these. */
const byHand: readonly (readonly [RegExp, string])[] = [
  [/\.\.\.\(([\w.]+) === undefined \? \{\} : \{ (?:\w+: )?\1 \}\)/, 'defined'],
  [/\.\.\.\(([\w.]+) === null \? \{\} : \{ (?:\w+: )?\1 \}\)/, 'nonNull'],
  [/Temporal\.\w+\.compare\(.*\) (?:<|>|<=|>=) 0\b/, 'isBefore or isAfter'],
  [/Temporal\.\w+\.compare\(.*\) [!=]== 0\b/, 'equals'],
]

/** Lines of the product that write out what a helper does; tests may, so that they do not rest on what they test. */
function listByHand(file: string, text: string): string[] {
  if (!file.startsWith('src') || file.endsWith('.test.ts') || file.endsWith(join('time', 'order.ts'))) return []
  return text
    .split('\n')
    .flatMap((line, at) =>
      byHand.flatMap(([pattern, helper]) => (pattern.test(line) ? [`${file}:${at + 1} is what ${helper} does`] : [])),
    )
}

/**
 * No object literal is spread into another one. Such a spread only packs properties on a line that the formatter would
 * give one each, and the reader suspects another reason. Nor is written out what a helper does.
 */
export function checkSpreads(root: string): string[] {
  const complaints: string[] = []
  for (const file of globSync(['*.ts', '{src,test,bench,scripts}/**/*.ts'], { cwd: root })) {
    const text = readFileSync(join(root, file), 'utf8')
    complaints.push(...listByHand(file, text))
    for (const { 0: token, index } of text.matchAll(tokens)) {
      if (!token.startsWith('...')) continue
      const line = text.slice(0, index).split('\n').length
      complaints.push(`${file}:${line} spreads an object literal; write its properties out`)
    }
  }
  return complaints
}
