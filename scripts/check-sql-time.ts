import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const literals = /`(?:\\.|[^`\\])*`|'(?:\\.|[^'\\\n])*'/gs
const databaseClock =
  /(?<![.\w])(?:now|clock_timestamp|statement_timestamp|transaction_timestamp)\(\)|\bcurrent_(?:timestamp|date|time)\b|\blocaltime(?:stamp)?\b/i
const excuse = /real time: \S/

/**
 * Statements may not ask the database what time it is: the time belongs to the tenant's clock and arrives as a
 * parameter. Infrastructure that must follow the real clock says so on the line or the one above: `real time: why`.
 */
export function checkSqlTime(root: string): string[] {
  const complaints: string[] = []
  for (const file of globSync('src/**/*.ts', { cwd: root })) {
    if (file.endsWith('.test.ts') || file === join('src', 'platform', 'clock.ts')) continue
    const text = readFileSync(join(root, file), 'utf8')
    const lines = text.split('\n')
    const complain = (index: number, found: string) => {
      const line = text.slice(0, index).split('\n').length
      if (excuse.test(lines[line - 1] ?? '') || excuse.test(lines[line - 2] ?? '')) return
      complaints.push(`${file}:${line} asks the database for the time (${found}); pass the unit of work's now`)
    }
    for (const literal of text.matchAll(literals)) {
      const hit = databaseClock.exec(literal[0])
      if (hit) complain(literal.index + hit.index, hit[0])
    }
    for (const hit of text.matchAll(/\.defaultNow\(\)/g)) complain(hit.index, hit[0])
  }
  return complaints
}
