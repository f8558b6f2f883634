import { globSync, readFileSync } from 'node:fs'
import { join, sep } from 'node:path'

/**
 * Tables that other modules do not even read, with what they ask instead: what such a table means is decided in one
 * place.
 */
const ownTables = [
  {
    owner: 'customers',
    names: /\b(?:customer_integration_blocks|customerIntegrationBlocks)\b/,
    instead: 'ask isVisible, isBlockedFor or listBlocks of customers',
  },
]

/** Whether a table that is its module's own is named outside of it. */
export function checkOwnTables(root: string): string[] {
  const files = globSync(['src/**/*.ts', 'src/*/sql/*.sql'], { cwd: root }).filter((file) => !file.endsWith('.test.ts'))
  return files.sort().flatMap((file) => {
    const text = readFileSync(join(root, file), 'utf8')
    return ownTables
      .filter(({ owner, names }) => file.split(sep)[1] !== owner && names.test(text))
      .map(({ names, instead }) => `${file}: ${names.exec(text)?.[0]} is not for other modules: ${instead}`)
  })
}
