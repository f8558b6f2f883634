import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as api from '../../src/payments/staff-api.ts'
import { openTestApp } from '../support/app.ts'
import { assertPain008, readPain008 } from '../support/pain-008.ts'
import { assertBooksWhole } from '../support/scenes/money-whole.ts'
import { newPerson } from '../support/scenes/customers.ts'
import { allowPayments, mandate, openPayer } from '../support/scenes/gateway-scene.ts'
import { addOffer } from '../support/scenes/offer-world.ts'
import { iban, openRunScene } from '../support/scenes/run-scene.ts'

// Jonas signs on Monday, 15 June 2026, and is debited each month from then on.

test('a member signs up with a mandate and is debited every month by the clock', async (story) => {
  await using app = await openTestApp()
  const { studioId } = app.berlin
  const scene = await openRunScene(app)
  await allowPayments(app)
  let [jonas, runId] = [0, 0]
  const latest = async () => (await scene.staff.run(api.listPaymentRuns, {}, { studioId })).runs[0]

  await story.test('he signs up with a mandate that he has accepted in his browser', async () => {
    const { termId } = await addOffer(app, { choices: ['SEPA'], terms: [{ frequency: { price: '29.90' } }] })
    const payer = await openPayer(app, { amount: 0, scope: 'MEMBER_ACCOUNT', permittedPaymentChoices: ['SEPA'] })
    const { token, answer } = await payer.pay(mandate(iban))
    assert.equal(answer.body.status, 'PREAUTHED', answer.text)
    const contract = { contractOfferTermId: termId, startDate: '2026-06-16' }
    const customer = { ...newPerson(), paymentRequestToken: token }
    const signed = await app.post('/v1/memberships/signup', { contract, customer })
    assert.equal(signed.status, 200, signed.text)
    jonas = signed.body.customerId
    await scene.openBank()
    await scene.staff.run(api.configurePaymentRuns, { studioId }, { runDays: [16] })
  })

  await story.test(
    'in the night of the start his fee is booked, and then a run is drafted that collects it',
    async () => {
      await app.travelTo('2026-06-16T04:00:00+02:00')
      assert.equal(await scene.balance(jonas), '-29.90')
      const run = await latest()
      runId = run.paymentRunId
      assert.deepEqual([run.state, run.items, run.amount], ['DRAFT', 1, '29.90'])
      assert.deepEqual([run.targetDate, run.collectionDate], ['2026-06-16', '2026-06-17'])
    },
  )

  await story.test('staff export the run, give the file to the bank and say so', async () => {
    await scene.step('export', runId)
    const xml = await scene.file(runId)
    await assertPain008(xml)
    const read = readPain008(xml)
    assert.deepEqual([read.sequences, read.sums, read.debtors], [['FRST'], ['29.90', '29.90'], ['Mara Lindner']])
    assert.deepEqual(read.accounts, [iban])
    await scene.step('submit', runId)
    assert.equal(await scene.balance(jonas), '-29.90')
  })

  await story.test('on the day of the collection his account is balanced', async () => {
    await app.travelTo('2026-06-17T04:00:00+02:00')
    assert.deepEqual([(await latest()).state, await scene.balance(jonas)], ['BOOKED', '0.00'])
    await assertBooksWhole(app)
  })

  await story.test('a month later the next fee is due, and the mandate recurs', async () => {
    await app.travelTo('2026-07-16T04:00:00+02:00')
    assert.equal(await scene.balance(jonas), '-29.90')
    const run = await latest()
    await scene.step('export', run.paymentRunId)
    assert.deepEqual(readPain008(await scene.file(run.paymentRunId)).sequences, ['RCUR'])
    await scene.step('submit', run.paymentRunId)
    await scene.collect(run.paymentRunId)
    assert.equal(await scene.balance(jonas), '0.00')
    await assertBooksWhole(app)
  })
})
