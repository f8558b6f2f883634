import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { ConfigError } from '../../src/platform/config/setting-readers.ts'
import { readConfig } from '../../src/platform/config/config.ts'

const page = readFileSync(new URL('../../docs/configuration.md', import.meta.url), 'utf8')

/** Asked with a wrong name, the settings name themselves. */
function settings(): string[] {
  try {
    readConfig({ PALESTRA_DEMO: 'true', PALESTRA_NO_SUCH_THING: 'x' })
  } catch (error) {
    if (error instanceof ConfigError) return error.message.match(/PALESTRA_\w+/g)?.slice(1) ?? []
  }
  return []
}

test('the page has every setting, and no other', () => {
  const documented = [...page.matchAll(/^\| `(\w+)`/gm)].map(([, name]) => name)
  assert.ok(documented.length > 10)
  assert.deepEqual(new Set(documented), new Set(settings()))
})
