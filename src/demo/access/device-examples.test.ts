import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type DemoApp, openDemoApp } from '../../../test/support/demo-app.ts'
import { demoToken, doorOfGraz, doorOfHamburg, shakeBar, turnstile } from './devices.ts'

let app: DemoApp
before(async () => void (app = await openDemoApp()))
after(() => app.close())

const ask = (deviceId: number, path: string, body: object) =>
  app.call('POST', `/open-api/device/${path}`, {
    body,
    headers: { authorization: `Bearer ${demoToken(deviceId)}`, 'accept-language': 'en' },
  })
const read = (type: string, value: string, door = turnstile) =>
  ask(door, 'cardreader/identification', { identification: { type, value } })

test('the turnstile opens for the code of a member, and stays shut with its reason for others', async () => {
  const { body } = await app.get('/v1/customers/1001/access-code')
  assert.equal((await read('QR_CODE', body.content)).status, 200)
  const readMessage = async (card: string) => (await read('NUMBER', card)).body.errorMessage as string
  assert.equal(await readMessage('1004'), 'Access is not possible. Please contact the reception.')
  assert.match(await readMessage('1005'), /^Your membership is paused/)
  assert.match(await readMessage('1003'), /^Your membership ended on/)
  assert.equal(await readMessage('4711'), 'You could not be identified.')
})

/** Every reason that a door has, with a card that shows it. */
const shut = [
  [turnstile, '4711', 'errormessage.device.customerNotIdentified'],
  [turnstile, '1004', 'errormessage.access.restricted'],
  [turnstile, '209', 'errormessage.access.noEntitlement'],
  [turnstile, '4000002001', 'errormessage.access.notStarted'],
  [turnstile, '1003', 'errormessage.access.ended'],
  [turnstile, '4000002005', 'errormessage.access.idlePeriod'],
  [turnstile, '1005', 'errormessage.access.idlePeriodOpen'],
  [turnstile, '1006', 'errormessage.access.studioNotIncluded'],
  [turnstile, '4000002009', 'errormessage.access.timeRestricted'],
  [turnstile, '4000002008', 'errormessage.access.visitLimit'],
  [doorOfHamburg, '4000002043', 'errormessage.access.alreadyCheckedIn'],
  [doorOfHamburg, '203', 'errormessage.access.studioFull'],
  [doorOfGraz, '1007', 'errormessage.access.studioClosed'],
] as const

for (const [door, card, code] of shut) {
  test(`card ${card} shows ${code} at device ${door}`, async () => {
    assert.equal((await read('NUMBER', card, door)).body.errorCode, code)
  })
}

test('the shake bar knows a member, and the solarium is waiting for its token', async () => {
  const identification = { type: 'BARCODE', value: 'PSZEYAZ7' }
  const transactionId = '3f8f2d0c-9d8c-4c57-8a4e-1f2f6c1d6a10'
  const { status, body } = await ask(shakeBar, 'vending/identification', { identification, transactionId })
  assert.deepEqual([status, body], [200, { text: '', authorized: true, transactionId }])
  const devices = (await app.get('/v1/devices')).body
  assert.deepEqual(
    devices.map((device: { name: string; active: boolean }) => `${device.name} ${device.active}`),
    ['Turnstile (left) true', 'Shake bar true', 'Solarium 1 false'],
  )
  const { accessToken } = (await app.put('/v1/devices/28/activate')).body
  const headers = { authorization: `Bearer ${accessToken}` }
  const prices = await app.call('GET', '/open-api/device/time/price', { headers })
  assert.equal(prices.body.selection.length, 3)
  const used = await app.call('POST', '/open-api/device/time/usage', {
    body: { identification, durationInSeconds: 300 },
    headers,
  })
  assert.equal(used.status, 204, 'the benefit of the members pays')
})
