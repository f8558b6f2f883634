import assert from 'node:assert/strict'
import { test } from 'node:test'
import { eq } from 'drizzle-orm'
import { contracts } from '../../src/contracts/tables.ts'
import { membershipVoucherCodes, membershipVoucherRedemptions } from '../../src/membership-offers/tables.ts'
import { openTestApp, outOfTurn, type TestAnswer, type TestApp } from '../support/app.ts'
import { meetingPoint } from '../support/meeting-point.ts'
import { newPerson } from '../support/scenes/customers.ts'
import { addOffer, addOfferVoucher } from '../support/scenes/offer-world.ts'
import { addToken } from '../support/scenes/payment-scene.ts'
import { assertBooksWhole } from '../support/scenes/money-whole.ts'

const outcomes = (answers: readonly TestAnswer[]) =>
  answers
    .map(({ status, body }) => (status === 200 ? 'signed' : body.errorCode.split('.').at(-1)))
    .sort((one, other) => one.localeCompare(other))

const signUp = (app: TestApp, contract: object, customer: object = newPerson()) =>
  app.post('/v1/memberships/signup', { contract: { startDate: '2026-07-01', ...contract }, customer })

const count = (app: TestApp) => app.read(({ db }) => db.$count(contracts))

test('the last redemption of a code goes to one of many who sign up at once; nothing is left of the others', async () => {
  await using app = await openTestApp(outOfTurn)
  const { termId } = await addOffer(app)
  await addOfferVoucher(app, { code: 'LAST', codeRow: { maxRedemptions: 1 }, windows: [] })
  const wish = { contractOfferTermId: termId, voucherCode: 'LAST' }
  const people = Array.from({ length: 5 }, () => newPerson())
  const answers = await Promise.all(people.map((person) => signUp(app, wish, person)))
  assert.deepEqual(outcomes(answers), [...Array.from({ length: 4 }, () => 'invalidCode'), 'signed'])
  const [code] = await app.read(({ db }) => db.select().from(membershipVoucherCodes))
  assert.equal(code?.redeemed, 1)
  assert.equal(await app.read(({ db }) => db.$count(membershipVoucherRedemptions)), 1)
  assert.equal(await count(app), 1)
  const losers = people.filter((_person, at) => answers[at]?.status !== 200)
  const again = await Promise.all(losers.map((person) => signUp(app, { contractOfferTermId: termId }, person)))
  assert.deepEqual(outcomes(again), ['signed', 'signed', 'signed', 'signed'])
  await assertBooksWhole(app)
})

test('one payment token pays for one of two sign-ups', async () => {
  await using app = await openTestApp(outOfTurn)
  const { termId } = await addOffer(app, {
    choices: ['CASH', 'CREDIT_CARD'],
    terms: [{ dueOnSigning: ['FIRST_CONTRACT_FEE'] }],
  })
  const { token } = await addToken(app, { amount: '30.00' })
  const wish = { contractOfferTermId: termId, initialPaymentRequestToken: token }
  assert.deepEqual(outcomes(await Promise.all([signUp(app, wish), signUp(app, wish)])), ['invalid', 'signed'])
  assert.equal(await count(app), 1)
  await assertBooksWhole(app)
})

test('control: code that reads how often a code was used and then counts, gives the last one away twice', async () => {
  await using app = await openTestApp(outOfTurn)
  await addOfferVoucher(app, { code: 'LAST', codeRow: { maxRedemptions: 1 }, windows: [] })
  const meet = meetingPoint(2)
  const careless = () =>
    app.write(async ({ tx }) => {
      const [row] = await tx.select().from(membershipVoucherCodes)
      await meet()
      if (!row || row.redeemed >= row.maxRedemptions) return false
      await tx
        .update(membershipVoucherCodes)
        .set({ redeemed: row.redeemed + 1 })
        .where(eq(membershipVoucherCodes.id, row.id))
      return true
    })
  assert.deepEqual(await Promise.all([careless(), careless()]), [true, true])
})
