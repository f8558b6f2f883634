import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { asc, eq, isNotNull, ne, and } from 'drizzle-orm'
import { openTestApp, type TestApp } from '../../../test/support/app.ts'
import { deviceScene, type TestDevice } from '../../../test/support/scenes/device-scene.ts'
import { visitScene } from '../../../test/support/scenes/visit-scene.ts'
import { addAccessMedium, restrictAccess } from '../../customers/index.ts'
import { createParkingLot, updateDevice } from '../devices.ts'
import { deactivateDevice, rotateDeviceToken } from '../activation.ts'
import { deviceAccessLog, parkingStays } from '../tables.ts'

let app: TestApp
before(async () => void (app = await openTestApp()))
after(() => app.close())

const scenes = () => ({ ...deviceScene(app), ...visitScene(app) })
const at = (time: string) => app.travelTo(`2026-06-15T${time}+02:00`)

/** `200`, or status and the last words of the code. */
async function read(device: TestDevice, identification: unknown, shouldExecuteAction = true): Promise<string> {
  const { status, body, text } = await device.post('cardreader/identification', { identification, shouldExecuteAction })
  if (status === 200) assert.equal(text, '')
  return status === 200 ? '200' : `${status} ${body.errorCode.replace('errormessage.', '')}`
}

const readLines = async (device: TestDevice, count: number) => {
  for (let n = 0; n < 100; n++) {
    const lines = await app.read(({ db }) =>
      db.select().from(deviceAccessLog).where(eq(deviceAccessLog.deviceId, device.id)).orderBy(asc(deviceAccessLog.id)),
    )
    if (lines.length >= count) return lines
    await new Promise((resolve) => setTimeout(resolve, 30))
  }
  throw new Error('The lines did not come.')
}

test('a toggling reader lets in and out, and a repeated reading has no effect', async () => {
  const { reader, card, member, events } = scenes()
  const [toggle, known] = [await reader({ purpose: 'TOGGLE' }), (await events()).length]
  const customerId = await member()
  const shown = await card(customerId)
  for (const time of ['10:00:00', '10:00:08', '10:02:00', '10:02:05']) {
    await at(time)
    assert.equal(await read(toggle, shown), '200', time)
  }
  assert.deepEqual((await events()).slice(known), [`CHECKIN ${customerId}`, `CHECKOUT ${customerId}`])
  const lines = await readLines(toggle, 4)
  assert.deepEqual(lines.map(({ outcome }) => outcome).toSorted(), ['DONE', 'DONE', 'REPEATED', 'REPEATED'])
  const [line] = lines.filter(({ outcome }) => outcome === 'DONE')
  assert.deepEqual(
    [line?.customerId, line?.action, line?.mediumKind, line?.dryRun],
    [customerId, 'TOGGLE', 'NUMBER', false],
  )
})

test('an entrance lets in again unless it is strict', async () => {
  const { reader, card, member, events } = scenes()
  const known = (await events()).length
  const [open, strict] = [
    await reader({ purpose: 'ENTRANCE' }),
    await reader({ purpose: 'ENTRANCE', antiPassback: 'STRICT' }),
  ]
  const [one, two] = [await member(), await member()]
  const [ofOne, ofTwo] = [await card(one), await card(two)]
  for (const time of ['10:10:00', '10:10:08', '10:12:00', '10:12:05']) {
    await at(time)
    assert.equal(await read(open, ofOne), '200', time)
  }
  assert.deepEqual((await events()).slice(known), [`CHECKIN ${one}`])
  await at('10:13:00')
  assert.equal(await read(strict, ofTwo), '200')
  await at('10:13:08')
  assert.equal(await read(strict, ofTwo), '200')
  await at('10:15:00')
  assert.equal(await read(strict, ofTwo), '403 access.alreadyCheckedIn')
  assert.equal(await read(strict, ofTwo, false), '403 access.alreadyCheckedIn')
})

test('a pass opens the door once; coming back costs nothing, a third visit is refused with the old reason', async () => {
  const { reader, card, guest, contract, pass, leave } = scenes()
  const door = await reader({ purpose: 'ENTRANCE' })
  const former = await guest()
  await contract(former, { from: '2025-06-01', lastDay: '2026-05-31' })
  const shown = await card(former)
  await at('11:00:00')
  const refused = await door.post('cardreader/identification', { identification: shown })
  assert.deepEqual([refused.status, refused.body.errorCode], [403, 'errormessage.access.ended'])
  assert.deepEqual(refused.body.args, ['2026-05-31'])
  await pass(former)
  assert.equal(await read(door, shown), '200')
  await at('11:00:05')
  assert.equal(await read(door, shown), '200')
  await at('11:02:00')
  assert.equal(await read(door, shown), '200')
  await leave(former)
  assert.equal(await read(door, shown), '403 access.ended')
})

test('a reader shows one card in three notations, and nonsense is refused by the name of its field', async () => {
  const { reader, card, member } = scenes()
  const door = await reader({ purpose: 'EXIT' })
  await card(await member(), '1233588160')
  for (const [value, format] of [
    ['1233588160', 'DECIMAL'],
    ['0001233588160', undefined],
    ['49870fc0', 'HEX_MSB'],
    ['c00f8749', 'HEX_LSB'],
  ]) {
    assert.equal(await read(door, { type: 'NUMBER', value, format }), '200', `${value}`)
  }
  const odd = { type: 'NUMBER', value: '49870fc', format: 'HEX_MSB' }
  const { status, body } = await door.post('cardreader/identification', { identification: odd })
  assert.deepEqual(
    [status, body.errorCode, body.reference],
    [400, 'errormessage.cardNumber.invalid', 'identification.value'],
  )
  const tooLong = { type: 'NUMBER', value: '1'.repeat(65) }
  assert.equal(await read(door, tooLong), '400 validation.maxLength')
  const foreign = {
    type: 'QR_CODE',
    value: JSON.stringify({ uuid: '0190163d-8694-439b-aea5-966c26f8ad91', tenant: 'other' }),
  }
  const nobody = { type: 'NUMBER', value: '4711' }
  assert.equal(await read(door, foreign), '404 device.customerNotIdentified')
  assert.equal(await read(door, nobody), '404 device.customerNotIdentified')
})

test('the code of a member opens the door, and a restricted member stays out with a sentence that names no reason', async () => {
  const { reader, member, utilization } = scenes()
  const door = await reader({ purpose: 'ENTRANCE' })
  const customerId = await member()
  const { body: code, text } = await app.get(`/v1/customers/${customerId}/access-code`)
  assert.ok(code?.content, text)
  const shown = { type: 'QR_CODE', value: code.content }
  const before = await utilization()
  assert.equal(await read(door, shown, false), '200')
  assert.equal(await utilization(), before, 'a dry run lets nobody in')
  await app.write((work) => restrictAccess(work, { customerId, source: 'STAFF', reason: 'Stole a towel' }))
  const answer = await door.post('cardreader/identification', { identification: shown }, { 'accept-language': 'en' })
  assert.equal(answer.status, 403)
  assert.equal(answer.body.errorMessage, 'Access is not possible. Please contact the reception.')
})

test('a token is refused from the next request on once its device is out of use, renewed, or of another model', async () => {
  const { reader, machine } = scenes()
  const [door, bar] = [await reader({ purpose: 'EXIT' }), await machine()]
  const nobody = { type: 'NUMBER', value: '4711' }
  assert.equal(await read(door, nobody), '404 device.customerNotIdentified')
  assert.equal(await read(bar, nobody), '403 device.wrongModel')
  await app.write((work) => deactivateDevice(work, bar.id))
  const purchase = { identification: nobody, transactionId: '0190163d-8694-439b-aea5-966c26f8ad91' }
  assert.equal((await bar.post('vending/identification', purchase)).status, 401)
  await app.write((work) => rotateDeviceToken(work, door.id, app.platform.secrets))
  await new Promise((resolve) => setTimeout(resolve, 100))
  const denied = { status: 401, code: 'errormessage.auth.deviceTokenInvalid' }
  for (const headers of [
    {},
    { authorization: 'Bearer x' },
    { authorization: `Basic ${door.token}` },
    { authorization: '' },
  ]) {
    const { status, body } = await door.post('cardreader/identification', {}, headers)
    assert.deepEqual({ status, code: body.errorCode }, denied)
  }
  const unknown = await app.call('GET', '/open-api/device/window', { headers: { authorization: 'Bearer x' } })
  assert.deepEqual([unknown.status, unknown.body.errorCode], [401, denied.code])
})

test('a change of its configuration counts from the next reading on', async () => {
  const { reader, guest, card } = scenes()
  const door = await reader({ purpose: 'ENTRANCE' })
  const shown = await card(await guest())
  assert.equal(await read(door, shown), '403 access.noEntitlement')
  await app.write((work) => updateDevice(work, door.id, { config: { purpose: 'EXIT' } }))
  await new Promise((resolve) => setTimeout(resolve, 100))
  assert.equal(await read(door, shown), '200')
})

test('ten wrong PINs lock PINs at this device for a minute, and nothing else', async () => {
  const { reader, member, card } = scenes()
  const [door, other] = [await reader({ purpose: 'EXIT' }), await reader({ purpose: 'EXIT' })]
  const customerId = await member()
  const shown = await card(customerId)
  await app.write((work) => addAccessMedium(work, customerId, { type: 'PIN', value: '24681' }, app.platform.secrets))
  const right = { type: 'PIN', value: '24681' }
  for (let n = 0; n < 10; n++) {
    assert.equal(await read(door, { type: 'PIN', value: String(1000 + n) }), '404 device.customerNotIdentified')
  }
  assert.equal(await read(door, right), '403 device.pinLocked')
  assert.equal(await read(door, shown), '200')
  assert.equal(await read(other, right), '200')
})

test('a car park takes as many cars as it has spaces, and lets everybody out', async () => {
  const { reader, member, guest, card } = scenes()
  const parkingLotId = await app.write((work) => createParkingLot(work, { studioId: 123, name: 'Yard', capacity: 1 }))
  const lot = { parkingLotId, enforceOpeningHours: true, debounceSeconds: 0 }
  const [gate, exit] = [
    await reader({ purpose: 'PARKING_IN', ...lot }),
    await reader({ purpose: 'PARKING_OUT', ...lot }),
  ]
  const [one, two] = [await card(await member()), await card(await guest())]
  assert.equal(await read(gate, one, false), '200')
  assert.equal(await read(gate, one), '200')
  assert.equal(await read(gate, one), '200')
  assert.equal(await read(gate, two, false), '403 access.parkingFull')
  assert.equal(await read(gate, two), '403 access.parkingFull')
  assert.equal(await read(exit, two), '200')
  assert.equal(await read(exit, one), '200')
  assert.equal(await read(gate, two), '200', 'no membership is needed to park')
  const stays = await app.read(({ db }) =>
    db
      .select()
      .from(parkingStays)
      .where(and(eq(parkingStays.lotId, parkingLotId), isNotNull(parkingStays.leftAt))),
  )
  assert.equal(stays.length, 1)
})

test('a room asks for being inside, for the opening hours and for no restriction', async () => {
  const { reader, guest, member, card, enter } = scenes()
  const room = await reader({ purpose: 'ZONE', requireCheckedIn: true, debounceSeconds: 0 })
  const [customerId, stranger] = [await member(), await guest()]
  const [shown, ofStranger] = [await card(customerId), await card(stranger)]
  assert.equal(await read(room, shown), '403 access.notCheckedIn')
  await enter(customerId)
  assert.equal(await read(room, shown), '200')
  await app.write((work) => restrictAccess(work, { customerId, source: 'STAFF', reason: 'x' }))
  assert.equal(await read(room, shown), '403 access.restricted')
  const spa = await reader({ purpose: 'ZONE', benefitKey: 'spa' })
  assert.equal(await read(spa, ofStranger), '403 access.benefitMissing')
})

test('an Idempotency-Key repeats the answer without a second effect', async () => {
  const { reader, member, card, events } = scenes()
  const toggle = await reader({ purpose: 'TOGGLE', debounceSeconds: 0 })
  const identification = await card(await member())
  const known = (await events()).length
  const once = { 'idempotency-key': 'reading-1' }
  const first = await toggle.post('cardreader/identification', { identification }, once)
  const second = await toggle.post('cardreader/identification', { identification }, once)
  assert.deepEqual([first.status, second.status, second.headers['idempotency-replayed']], [200, 200, 'true'])
  assert.equal((await events()).length, known + 1)
})

test('the log knows every decision without what was read', async () => {
  const { reader } = scenes()
  const door = await reader({ purpose: 'EXIT' })
  await read(door, { type: 'BARCODE', value: 'SECRET-4711' }, false)
  const [line] = await readLines(door, 1)
  assert.deepEqual(
    [line?.outcome, line?.reason, line?.customerId, line?.mediumKind, line?.dryRun],
    ['NOT_IDENTIFIED', 'device.customerNotIdentified', null, 'BARCODE', true],
  )
  const all = await app.read(({ db }) => db.select().from(deviceAccessLog).where(ne(deviceAccessLog.id, 0)))
  assert.doesNotMatch(JSON.stringify(all), /4711/)
})
