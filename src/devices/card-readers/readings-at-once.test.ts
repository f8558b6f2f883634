import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openTestApp, type TestApp } from '../../../test/support/app.ts'
import { deviceScene, type TestDevice } from '../../../test/support/scenes/device-scene.ts'
import { visitScene } from '../../../test/support/scenes/visit-scene.ts'
import { addAccessMedium, restrictAccess } from '../../customers/index.ts'
import { deactivateDevice } from '../activation.ts'

let app: TestApp
before(async () => void (app = await openTestApp()))
after(() => app.close())

const scenes = () => ({ ...deviceScene(app), ...visitScene(app) })

/** `200`, or status and the last words of the code, of a reading without effect. */
async function ask(device: TestDevice, identification: unknown): Promise<string> {
  const { status, body } = await device.post('cardreader/identification', {
    identification,
    shouldExecuteAction: false,
  })
  return status === 200 ? '200' : `${status} ${body.errorCode.replace('errormessage.', '')}`
}

const medium = (customerId: number, type: 'PIN' | 'BARCODE', value: string) =>
  app.write((work) => addAccessMedium(work, customerId, { type, value }, app.platform.secrets))

test('readings that come at once share statements, and each reader gets the answer about its own card', async () => {
  const { reader, card, members, guest } = scenes()
  const doors = [await reader({ purpose: 'ENTRANCE' }), await reader({ purpose: 'EXIT' })]
  const known = await Promise.all((await members(8)).map((id) => card(id)))
  const strangers = await Promise.all(Array.from({ length: 8 }, async () => card(await guest())))
  const wishes = doors.flatMap((door, n) => [
    ...known.map((shown) => ({ door, shown, answer: '200' })),
    ...strangers.map((shown) => ({ door, shown, answer: n === 0 ? '403 access.noEntitlement' : '200' })),
  ])
  for (const door of doors) await ask(door, known[0])
  const { pool } = app.platform.database
  // On a slow machine they arrive in many turns; what counts is that they can share.
  let least = Infinity
  for (let round = 0; round < 5; round++) {
    const sentBefore = pool.statementsSent
    const answers = await Promise.all(wishes.map(({ door, shown }) => ask(door, shown)))
    assert.deepEqual(
      answers,
      wishes.map(({ answer }) => answer),
    )
    least = Math.min(least, pool.statementsSent - sentBefore)
  }
  assert.ok(least < wishes.length, `${least} statements`)
})

test('cards, barcodes, PINs and codes that are shown at once name their own people', async () => {
  const { reader, card, member, guest } = scenes()
  const [entrance, exit] = [await reader({ purpose: 'ENTRANCE' }), await reader({ purpose: 'EXIT' })]
  const [one, two, banned, passerBy] = [await member(), await member(), await member(), await guest()]
  await medium(one, 'PIN', '864209')
  await medium(two, 'BARCODE', 'ABC-77')
  await medium(passerBy, 'PIN', '975310')
  await medium(banned, 'BARCODE', 'ABC-78')
  await app.write((work) => restrictAccess(work, { customerId: banned, source: 'STAFF', reason: 'x' }))
  const { body: code } = await app.get(`/v1/customers/${two}/access-code`)
  const wishes = [
    [await card(one), '200'],
    [{ type: 'PIN', value: '864209' }, '200'],
    [{ type: 'PIN', value: '975310' }, '403 access.noEntitlement'],
    [{ type: 'PIN', value: '111111' }, '404 device.customerNotIdentified'],
    [{ type: 'BARCODE', value: 'ABC-77' }, '200'],
    [{ type: 'BARCODE', value: 'ABC-78' }, '403 access.restricted'],
    [{ type: 'BARCODE', value: 'ABC-79' }, '404 device.customerNotIdentified'],
    [{ type: 'QR_CODE', value: code.content }, '200'],
    [{ type: 'WALLET_PASS', value: 'none' }, '404 device.customerNotIdentified'],
  ] as const
  const answers = await Promise.all(wishes.flatMap(([shown]) => [ask(entrance, shown), ask(exit, shown)]))
  const atExit = (answer: string) => (answer.startsWith('403') ? '200' : answer)
  assert.deepEqual(
    answers,
    wishes.flatMap(([, answer]) => [answer, atExit(answer)]),
  )
})

test('nobody is found for the reader of another tenant that asks in the same moment', async () => {
  const { reader, card, member } = scenes()
  const here = await reader({ purpose: 'EXIT' })
  const shown = await card(await member())
  const strangers = deviceScene({ ...app, write: (work) => app.write(work, app.stranger) })
  const abroad = await strangers.reader({ purpose: 'EXIT' }, app.stranger.studioId)
  const answers = await Promise.all([ask(here, shown), ask(abroad, shown), ask(here, shown), ask(abroad, shown)])
  const unknown = '404 device.customerNotIdentified'
  assert.deepEqual(answers, ['200', unknown, '200', unknown])
})

test('a device that has been taken out of use is refused beside others that are not', async () => {
  const { reader, card, member } = scenes()
  const [kept, dropped] = [await reader({ purpose: 'EXIT' }), await reader({ purpose: 'EXIT' })]
  const shown = await card(await member())
  assert.deepEqual(await Promise.all([ask(kept, shown), ask(dropped, shown)]), ['200', '200'])
  await app.write((work) => deactivateDevice(work, dropped.id))
  const answers = await Promise.all([ask(kept, shown), ask(dropped, shown), ask(kept, shown)])
  assert.deepEqual(answers, ['200', '401 auth.deviceTokenInvalid', '200'])
})
