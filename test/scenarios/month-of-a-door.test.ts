import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openTestApp } from '../support/app.ts'
import { deviceScene } from '../support/scenes/device-scene.ts'
import { visitScene } from '../support/scenes/visit-scene.ts'
import { assertMoneyWhole } from '../support/scenes/money-whole.ts'

// June 2026 at a turnstile. Nora may come twice a week, Paul as often as he likes, and Rita's contract ends in the month.

test('a month of a door', async (story) => {
  await using app = await openTestApp({ now: '2026-06-01T08:00:00+02:00' })
  const { reader, card, guest, member, contract, pause, utilization } = { ...deviceScene(app), ...visitScene(app) }
  const [door, exit] = [await reader({ purpose: 'ENTRANCE' }), await reader({ purpose: 'EXIT' })]
  const nora = await guest()
  const contractOfNora = await contract(nora, { checkinLimit: { count: 2, unit: 'WEEK' } })
  const paul = await member()
  const rita = await member({ lastDay: '2026-06-14' })
  const cards = new Map<number, object>()
  for (const who of [nora, paul, rita]) cards.set(who, await card(who))
  const at = (day: string, time = '10:00') => app.travelTo(`2026-06-${day}T${time}:00+02:00`)
  const show = async (who: number, device = door): Promise<string> => {
    const identification = cards.get(who)
    const { status, body } = await device.post('cardreader/identification', { identification })
    return status === 200 ? 'OPEN' : body.errorCode.replace('errormessage.access.', '')
  }
  const visit = async (who: number, day: string) => {
    await at(day)
    const answer = await show(who)
    await at(day, '11:30')
    if (answer === 'OPEN') assert.equal(await show(who, exit), 'OPEN')
    return answer
  }

  await story.test('first week: everybody is let in, and the house counts them', async () => {
    await at('02')
    assert.deepEqual([await show(nora), await show(paul), await show(rita)], ['OPEN', 'OPEN', 'OPEN'])
    assert.equal(await utilization(), 3)
    await at('02', '11:30')
    for (const who of [nora, paul, rita]) assert.equal(await show(who, exit), 'OPEN')
    assert.equal(await utilization(), 0)
  })

  await story.test('Nora comes a second time, and the third time the door stays shut until Monday', async () => {
    assert.equal(await visit(nora, '04'), 'OPEN')
    assert.equal(await visit(nora, '06'), 'visitLimit')
    assert.equal(await visit(nora, '08'), 'OPEN')
  })

  await story.test('Rita is let in on her last day, and not on the day after', async () => {
    assert.equal(await visit(rita, '14'), 'OPEN')
    assert.equal(await visit(rita, '15'), 'ended')
  })

  await story.test('Rita signs again, and comes back on the first day of the new contract', async () => {
    await contract(rita, { from: '2026-06-18' })
    assert.equal(await visit(rita, '17'), 'notStarted')
    assert.equal(await visit(rita, '18'), 'OPEN')
  })

  await story.test('Nora pauses for a week and is kept out until it is over', async () => {
    await pause(contractOfNora, '2026-06-22', '2026-06-28')
    assert.equal(await visit(nora, '23'), 'idlePeriod')
    assert.equal(await visit(paul, '24'), 'OPEN')
    assert.equal(await visit(nora, '30'), 'OPEN')
  })

  await story.test('at the end of the month the history has every visit once, the oldest first', async () => {
    const listDays = async (who: number) => {
      const { body } = await app.get(`/v1/customers/${who}/activities/checkins?fromDate=2026-06-01&toDate=2026-06-30`)
      return body.result.map((each: Record<string, string>) => each['checkInDateTime']?.slice(8, 10))
    }
    assert.deepEqual(await listDays(nora), ['02', '04', '08', '30'])
    assert.deepEqual(await listDays(paul), ['02', '24'])
    assert.deepEqual(await listDays(rita), ['02', '14', '18'])
  })

  await assertMoneyWhole(app)
})
