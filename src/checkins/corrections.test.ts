import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openTestApp } from '../../test/support/app.ts'
import { listAudit } from '../../test/support/records.ts'
import { visitScene } from '../../test/support/scenes/visit-scene.ts'
import { correctVisit, type VisitCorrection } from './corrections.ts'

const at = (clock: string) => Temporal.Instant.from(`2026-06-15T${clock}+02:00`)

test('staff put right when a customer came and left, within what can be, and the reason is kept', async () => {
  await using app = await openTestApp()
  const { member, enter, leave, listVisits, events } = visitScene(app)
  const customerId = await member()
  await enter(customerId)
  await app.travelTo('2026-06-15T10:00:00+02:00')
  await leave(customerId)
  await app.travelTo('2026-06-15T11:00:00+02:00')
  await enter(customerId)
  await app.travelTo('2026-06-15T12:00:00+02:00')
  const [first, second] = (await listVisits(customerId)).map(({ id }) => id)
  const correct = (visitId = 0, changes: Partial<VisitCorrection>) =>
    app.write((work) => correctVisit(work, visitId, { reason: 'Forgotten card', ...changes }))
  await correct(first, { checkedInAt: at('08:45'), checkedOutAt: at('10:15') })
  await correct(first, { checkedInAt: at('08:45') })
  await assert.rejects(correct(first, { checkedOutAt: at('11:01') }), { code: 'errormessage.visit.overlap' })
  await assert.rejects(correct(first, { checkedOutAt: at('08:44') }), { code: 'errormessage.validation.dateOrder' })
  await assert.rejects(correct(second, { checkedOutAt: at('12:01') }), {
    code: 'errormessage.validation.mustNotBeFuture',
  })
  await assert.rejects(correct(second, { checkedInAt: at('10:00') }), { code: 'errormessage.visit.overlap' })
  await assert.rejects(correct(second, { reason: ' ' }), { code: 'errormessage.validation.required' })
  await assert.rejects(correct(1, {}), { code: 'errormessage.visit.notFound' })
  await correct(second, { checkedInAt: at('10:15'), checkedOutAt: at('11:45') })
  const visits = await listVisits(customerId)
  assert.deepEqual(
    visits.map(({ checkedInAt, checkedOutAt, outSource }) => [checkedInAt, checkedOutAt, outSource]),
    [
      [at('08:45'), at('10:15'), 'DEVICE'],
      [at('10:15'), at('11:45'), 'STAFF'],
    ],
  )
  const expected = [`CHECKIN ${customerId}`, `CHECKOUT ${customerId}`]
  assert.deepEqual(await events(), [...expected, ...expected])
  const lines = (await listAudit(app)).filter(({ action }) => action === 'visit.corrected')
  assert.equal(lines.length, 2)
  assert.match(JSON.stringify(lines[0]?.diff), /Forgotten card/)
})
