import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { inboundKey } from '../../src/demo/house/keys.ts'
import { openDemoApp } from '../support/demo-app.ts'
import { isShown, lacksShell, readBlocks, runCommands } from '../support/pages.ts'

const page = readFileSync(new URL('../../src/calendar-feeds/README.md', import.meta.url), 'utf8')

test('the address of the page works on the demo chain, and shows what the page says', {
  skip: lacksShell(),
}, async () => {
  await using app = await openDemoApp({ PALESTRA_PORT: '0' })
  const api = await app.app.server.listen({ port: 0, host: '127.0.0.1' })
  const [command, shown] = readBlocks(page)
  const settings = `KEY=${inboundKey('demoBerlinFull')} API=${api}`
  const [, printed = ''] = await runCommands([settings, command?.text ?? ''])
  assert.ok(isShown(printed, shown?.text ?? ''), printed)
})
