import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type DemoApp, openDemoApp } from '../../../test/support/demo-app.ts'

let app: DemoApp
before(async () => {
  app = await openDemoApp()
})
after(() => app.close())

const person = { firstname: 'Max', lastname: 'Mustermann', email: 'example@email.com' }
const redeem = (voucherCode: string, who: object = person) =>
  app.post('/v1/checkin-vouchers/redeem', { voucherCode, ...who })

test('the voucher of the example is redeemed by a new person, who is found by the code then', async () => {
  const { body, text } = await redeem('CHVB1-YL29-MYVA')
  assert.match(body.studioAccessCode, /^[A-Z2-9]{8}$/, text)
  assert.equal((await redeem('chvb1 yl29 myva')).body.studioAccessCode, body.studioAccessCode)
  const found = await app.get(`/v1/customers/by?barcode=${body.studioAccessCode}`)
  assert.deepEqual([found.body.firstName, found.body.status], ['Max', 'PROSPECT'])
})

test('the others are used up, over, or not for members; Tim gets the code that he got', async () => {
  const findReason = async (code: string, who?: object) => (await redeem(code, who)).body.errorCode.split('.').at(-1)
  const ina = { ...person, firstname: 'Ina', email: 'ina@mail.example' }
  assert.equal(await findReason('CHVB1-USED-UPXX', ina), 'exhausted')
  assert.equal(await findReason('SMMR1-TOOL-ATEX', ina), 'expired')
  const member = { firstname: 'Max', lastname: 'Berger', email: 'max@example.com' }
  assert.equal(await findReason('CHVB1-YL29-MYVA', member), 'memberNotAllowed')
  const tim = { firstname: 'Tim', lastname: 'Probe', email: 'tim@example.com' }
  assert.equal((await redeem('CHVB1-USED-UPXX', tim)).body.studioAccessCode, 'TMPR7K2W')
})
