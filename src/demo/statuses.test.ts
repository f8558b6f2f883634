import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'
import { lacksShell, readBlocks, runCommands } from '../../test/support/pages.ts'
import { openDemoApp } from '../../test/support/demo-app.ts'
import { validateForAppointmentBooking } from '../appointments/api.ts'
import { validateClassSlot } from '../classes/api.ts'

const page = readFileSync(new URL('../../docs/validation-statuses.md', import.meta.url), 'utf8')
const [setUp, ...requests] = readBlocks(page).filter(({ language }) => language === 'bash')
const promised = requests.map(({ heading }) => /`(\w+)`/.exec(heading)?.[1])

test('every status of the API has its request', () => {
  const findStatuses = ({ response }: { response?: unknown }): string[] =>
    (response as { properties: { validationStatus: { enum: string[] } } }).properties.validationStatus.enum
  const appointments = findStatuses(validateForAppointmentBooking)
  const classes = findStatuses(validateClassSlot)
  assert.deepEqual([appointments.length, classes.length], [14, 11])
  assert.deepEqual(new Set(promised.slice(0, 14)), new Set(appointments))
  assert.deepEqual(new Set(promised.slice(14)), new Set(classes))
})

test('every request of the page is answered as promised', { skip: lacksShell() }, async () => {
  await using app = await openDemoApp()
  await app.app.server.listen({ host: '127.0.0.1', port: 0 })
  const { port } = app.app.server.server.address() as AddressInfo
  const commands = [setUp, ...requests].map((block) => block?.text.replaceAll('8080', String(port)) ?? '')
  const [, ...answers] = await runCommands(commands)
  const given = answers.map((answer) => /"validationStatus":"(\w+)"/.exec(answer)?.[1] ?? answer)
  assert.deepEqual(given, promised)
})
