import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Comments and texts come first, so that what stands in them is passed over. */
const tokens = /\/\/.*|\/\*[^]*?\*\/|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`|\.\.\.\s*\(?\s*\{/g

/**
 * No object literal is spread into another one. Such a spread only packs properties on a line that the formatter would
 * give one each, and the reader suspects another reason.
 */
export function checkSpreads(root: string): string[] {
  const complaints: string[] = []
  for (const file of globSync(['*.ts', '{src,test,bench,scripts}/**/*.ts'], { cwd: root })) {
    const text = readFileSync(join(root, file), 'utf8')
    for (const { 0: token, index } of text.matchAll(tokens)) {
      if (!token.startsWith('...')) continue
      const line = text.slice(0, index).split('\n').length
      complaints.push(`${file}:${line} spreads an object literal; write its properties out`)
    }
  }
  return complaints
}
