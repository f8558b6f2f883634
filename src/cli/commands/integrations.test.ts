import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openTestApp, type TestApp } from '../../../test/support/app.ts'
import { commandLine } from '../../../test/support/command-line.ts'

let app: TestApp
before(async () => void (app = await openTestApp()))
after(() => app.close())

const run = (line: string) => commandLine(app)(line)

test('an operator sets the form of date-times and the limits of an integration', async () => {
  const settings = async () => {
    const list = await run('integration list')
    const { dateTimeForm, rateLimitOverrides } = list.find(({ name }: { name: string }) => name === 'Strict')
    return [dateTimeForm, rateLimitOverrides]
  }
  const { integrationId } = await run('integration create --name Strict --scopes read --date-times rfc3339')
  assert.deepEqual(await settings(), ['RFC3339', {}])
  const update = (options: string) => run(`integration update ${integrationId} ${options}`)
  await update('--date-times contract --rate-limit-for getCustomerById=30,UNKNOWN=5')
  assert.deepEqual(await settings(), ['CONTRACT', { UNKNOWN: 5, getCustomerById: 30 }])
  await update('--rate-limit-for ""')
  assert.deepEqual(await settings(), ['CONTRACT', {}])
  await assert.rejects(update('--date-times iso'), { message: '--date-times is contract or rfc3339.' })
  await assert.rejects(update('--rate-limit-for getNothing=3'), /^\w*Error: getNothing=3 is not an operation/)
})

test('an operator sets how an integration reads amounts of previews', async () => {
  const shape = async () => {
    const list = await run('integration list')
    return list.find(({ name }: { name: string }) => name === 'Old').previewShape
  }
  const { integrationId } = await run('integration create --name Old --scopes read --previews numbers')
  assert.equal(await shape(), 'NUMBERS')
  await run(`integration update ${integrationId} --previews contract`)
  assert.equal(await shape(), 'CONTRACT')
  const wrong = run(`integration update ${integrationId} --previews money`)
  await assert.rejects(wrong, { message: '--previews is contract or numbers.' })
})

test('an operator sets whether answers to an integration write null for what has no value', async () => {
  const form = async () => {
    const list = await run('integration list')
    return list.find(({ name }: { name: string }) => name === 'Dynamic').absentValues
  }
  const { integrationId } = await run('integration create --name Dynamic --scopes read --absent null')
  assert.equal(await form(), 'NULL')
  await run(`integration update ${integrationId} --absent omit`)
  assert.equal(await form(), 'OMIT')
  const wrong = run(`integration update ${integrationId} --absent empty`)
  await assert.rejects(wrong, { message: '--absent is omit or null.' })
})
