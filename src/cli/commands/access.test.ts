import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { openTestApp, type TestApp } from '../../../test/support/app.ts'
import { commandLine } from '../../../test/support/command-line.ts'
import { addCustomer } from '../../../test/support/scenes/customers.ts'

let app: TestApp
let mara: number

before(async () => {
  app = await openTestApp()
  mara = await addCustomer(app)
})
after(() => app.close())

const run = (line: string) => commandLine(app)(line)
const customer = async () => (await app.get(`/v1/customers/${mara}`)).body

test('staff give out cards and codes, replace a lost one and see who owns which', async () => {
  const { accessMediumId } = await run(`customer medium-add ${mara} card_number 4711 --tenant demo`)
  const pin = await run(`customer medium-generate ${mara} PIN --until 2026-12-31T00:00Z --tenant demo`)
  assert.equal((await app.get(`/v1/customers/by?pin=${pin.value}`)).body.id, mara)
  await run(`customer medium-replace ${accessMediumId} 4712 --tenant demo`)
  assert.deepEqual((await customer()).cardNumbers, ['4712'])
  const listed = await run(`customer mediums ${mara} --tenant demo`)
  assert.deepEqual(
    listed.map(({ type, value, owner }: { type: string; value: string; owner: null }) => [type, value, owner]),
    [
      ['PIN', '***', null],
      ['CARD_NUMBER', '4712', null],
    ],
  )
  await run(`customer medium-remove ${pin.id} --tenant demo`)
  assert.equal((await app.get(`/v1/customers/by?pin=${pin.value}`)).status, 404)
})

test('staff ban a customer, change the days and end it', async () => {
  const { restrictionId } = await run(`customer restrict ${mara} --reason Ban --tenant demo`)
  assert.equal((await customer()).accessRefusal, true)
  await run(`customer restriction-update ${restrictionId} --from 2026-07-01 --to 2026-07-31 --tenant demo`)
  assert.equal((await customer()).accessRefusal, false)
  await run(`customer restriction-update ${restrictionId} --always --reason Again --tenant demo`)
  assert.deepEqual((await customer()).accessRestrictions, [{ reason: 'Again' }])
  const [listed] = await run(`customer restrictions ${mara} --tenant demo`)
  assert.deepEqual([listed.id, listed.source], [restrictionId, 'STAFF'])
  await run(`customer unrestrict ${restrictionId} --tenant demo`)
  assert.deepEqual((await customer()).accessRestrictions, [])
})

test('staff choose how members show themselves, and make codes in hand invalid', async () => {
  const code = async () => (await app.get(`/v1/customers/${mara}/access-code`)).body.content
  const before = await code()
  await run(`customer invalidate-codes ${mara} --tenant demo`)
  const later = await code()
  assert.notEqual(later, before)
  await run('tenant rotate-access-secret --tenant demo')
  assert.notEqual(await code(), later)
  await run('studio access-codes 123 --mode static_only --format number --single-use --tenant demo')
  assert.match(await code(), /^\d{12}$/)
  await run('studio access-codes 123 --no-enabled --no-single-use --tenant demo')
  assert.equal((await app.get(`/v1/customers/${mara}/access-code`)).status, 400)
  await assert.rejects(run('studio access-codes 123 --mode sometimes --tenant demo'), /STATIC_ONLY/)
})

test('staff enter a height and a weighing, and take it away', async () => {
  const { value } = await run(`customer medium-generate ${mara} BARCODE --tenant demo`)
  const height = async () => (await app.get(`/v1/customers/measurement/latest?barcode=${value}`)).body.height
  await run(`customer height ${mara} 170 --tenant demo`)
  assert.equal(await height(), 170)
  const file = join(tmpdir(), `palestra-weighing-${process.pid}.json`)
  await writeFile(file, JSON.stringify({ weight: 68.4, height: 171.5 }))
  const { weighingId } = await run(`customer weighing-add ${mara} --studio 123 --file ${file} --tenant demo`)
  assert.equal(await height(), 171.5)
  const [listed] = await run(`customer weighings ${mara} --tenant demo`)
  assert.deepEqual([listed.id, Number(listed.weight)], [weighingId, 68.4])
  await run(`customer weighing-remove ${weighingId} --tenant demo`)
  assert.equal(await height(), 170)
  await writeFile(file, '{"wieght": 68}')
  await assert.rejects(run(`customer weighing-add ${mara} --studio 123 --file ${file} --tenant demo`), /wieght/)
})
