import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openTestApp, type TestApp } from '../../../../test/support/app.ts'
import { listAudit } from '../../../../test/support/records.ts'
import { fullOffer, monthly, year } from '../../../../test/support/samples/offer-documents.ts'
import { openStaff, type Staff } from '../../../../test/support/scenes/staff.ts'
import { membershipOffersModule } from '../../index.ts'
import * as api from '../../staff-api.ts'

let app: TestApp
let staff: Staff
before(async () => {
  app = await openTestApp()
  staff = openStaff(app, membershipOffersModule)
})
after(() => app.close())

const addRate = async (more: object = {}) => (await staff.run(api.rates.import, {}, { name: 'Basic', ...more })).rateId
const addOffer = async (more: object = {}) => {
  const rateId = await addRate()
  const publications = [{ studioId: app.berlin.studioId, position: 1 }]
  const offer = { rateId, name: 'Basic 12', description: 'All of it', paymentChoices: ['CASH'], publications }
  return staff.run(api.offers.import, {}, { ...offer, terms: [year], ...more }).then(({ offerId }) => offerId as number)
}
const show = (offerId: number) => staff.run(api.offers.show, { offerId })
const listed = async () => (await app.get('/v1/memberships/membership-offers')).body as { id: number; terms: any[] }[]
const find = async (offerId: number) => (await listed()).find(({ id }) => id === offerId)

test('an offer that staff import is sold as the document says, and the audit log has it', async () => {
  const before = (await listAudit(app)).length
  const offerId = await addOffer()
  const offer = await find(offerId)
  assert.deepEqual(offer?.terms[0].term, { value: 12, unit: 'MONTH' })
  assert.deepEqual(offer?.terms[0].paymentFrequency.price, { amount: 29.9, currency: 'EUR' })
  const lines = (await listAudit(app)).slice(before)
  assert.deepEqual(
    lines.map(({ action }) => action),
    ['rate.created', 'membershipOffer.created'],
  )
})

test('what show prints is what import reads: everything that an offer can have stays as it was', async () => {
  const { blockId } = await staff.run(api.textBlocks.import, {}, { title: 'Terms', text: 'The rules\nof the house' })
  const { moduleId } = await staff.run(
    api.modules.import,
    {},
    { name: 'Sauna', extensionType: 'NONE', paymentFrequencies: [{ paymentFrequency: monthly }] },
  )
  const next = (await show(await addOffer())).terms[0].id
  const offerId = await addOffer(fullOffer({ blockId, moduleId, next, studioId: app.hamburg.studioId }))
  const shown = await show(offerId)
  const [first] = shown.terms
  assert.equal(first.startDays, 7)
  assert.deepEqual(first.paymentFrequency.ages, [{ startAge: 16, endAge: 24, type: 'PERCENTAGE', percentage: '12.5' }])
  assert.equal(first.priceRules[0].value, '5')
  await staff.run(api.offers.import, {}, shown)
  const again = await show(offerId)
  assert.deepEqual({ ...again, version: 0 }, { ...shown, version: 0 })
})

test('a term that the document leaves out goes, one that was sold stays and cannot be signed', async () => {
  const offerId = await addOffer({ terms: [year, { ...year, term: { value: 24, unit: 'MONTH' } }, year] })
  const shown = await show(offerId)
  const [kept, sold, unsold] = shown.terms
  await staff.sell(sold.id)
  await staff.run(api.offers.import, {}, { ...shown, terms: [kept] })
  const { terms } = await show(offerId)
  assert.deepEqual(
    new Map(terms.map(({ id, active }: { id: number; active: boolean }) => [id, active])),
    new Map([
      [kept.id, true],
      [sold.id, false],
    ]),
  )
  assert.ok(!terms.some(({ id }: { id: number }) => id === unsold.id))
  assert.equal((await find(offerId))?.terms.length, 1)
})

test('a term that another one goes on with is not removed', async () => {
  const offerId = await addOffer({ terms: [year, year] })
  const shown = await show(offerId)
  const follows = { extensionType: 'SUBSEQUENT_RATE_DETAIL', extensionTerm: undefined }
  await addOffer({ terms: [{ ...year, ...follows, subsequentTermId: shown.terms[1].id }] })
  const refused = await staff.refuse(api.offers.import, {}, { ...shown, terms: [shown.terms[0]] })
  assert.equal(refused.code, 'errormessage.catalogue.inUse')
})

test('terms that follow each other never lead back, and a circle in the database is read once', async () => {
  const a = await show(await addOffer())
  const b = await show(await addOffer())
  const follow = (offer: any, termId: number) => {
    const [{ extensionTerm: _own, ...term }] = offer.terms
    return { ...offer, terms: [{ ...term, extensionType: 'SUBSEQUENT_RATE_DETAIL', subsequentTermId: termId }] }
  }
  await staff.run(api.offers.import, {}, follow(a, b.terms[0].id))
  const refused = await staff.refuse(api.offers.import, {}, follow(b, a.terms[0].id))
  assert.deepEqual(
    [refused.code, refused.details.reference],
    ['errormessage.catalogue.termsLeadBack', 'terms[0].subsequentTermId'],
  )
  const own = await staff.refuse(api.offers.import, {}, follow(b, b.terms[0].id))
  assert.equal(own.code, 'errormessage.catalogue.termsLeadBack')
  await staff.tieInCircle(a.terms[0].id, b.terms[0].id)
  const path = `/v1/memberships/membership-offers/${a.id}`
  const read = await app.get(path)
  assert.equal(read.status, 200, read.text)
  assert.equal(read.body.terms[0].subsequentRate.name, 'Basic')
})

test('an offer that a colleague has changed meanwhile is not overwritten', async () => {
  const offerId = await addOffer()
  const shown = await show(offerId)
  await staff.run(api.offers.import, {}, { ...shown, name: 'First' })
  const refused = await staff.refuse(api.offers.import, {}, { ...shown, name: 'Second' })
  assert.deepEqual([refused.status, refused.code], [409, 'errormessage.concurrentModification'])
  assert.equal((await show(offerId)).name, 'First')
})

test('staff publish, move, withdraw, close and reopen an offer and its terms', async () => {
  const offerId = await addOffer({ publications: [] })
  assert.equal(await find(offerId), undefined)
  await staff.run(api.publishOffer, { offerId, studioId: app.berlin.studioId }, { position: -5 })
  assert.equal((await listed())[0]?.id, offerId)
  await staff.run(api.setOfferActive, { offerId }, { active: false })
  assert.equal(await find(offerId), undefined)
  await staff.run(api.setOfferActive, { offerId }, { active: true })
  const termId = (await find(offerId))?.terms[0].id
  await staff.run(api.setTermActive, { termId }, { active: false })
  assert.equal(await find(offerId), undefined)
  await staff.run(api.setTermActive, { termId }, { active: true })
  await staff.run(api.withdrawOffer, { offerId, studioId: app.berlin.studioId })
  assert.equal(await find(offerId), undefined)
})

test('the schedule that staff see before a sale is the one that a preview answers', async () => {
  const offerId = await addOffer({
    terms: [
      {
        ...year,
        dueOnSigning: ['FIRST_CONTRACT_FEE'],
        paymentFrequency: {
          ...monthly,
          ages: [{ startAge: 18, endAge: 24, type: 'PERCENTAGE', percentage: '10' }],
        },
      },
    ],
  })
  const termId = (await show(offerId)).terms[0].id
  const schedule = await staff.run(api.planFirstYear, { termId }, { birthDate: '2004-05-05', start: '2026-07-01' })
  const preview = await app.post('/v1/memberships/signup/preview', {
    contract: { contractOfferTermId: termId, startDate: '2026-07-01' },
    customer: { ...staff.person, dateOfBirth: '2004-05-05' },
  })
  assert.equal(preview.status, 200, preview.text)
  const lines = preview.body.paymentPreview.paymentSchedule
  assert.equal(schedule.lines.length, 12)
  assert.deepEqual(
    schedule.lines.map((line: any) => [line.dueDate, line.amount, line.description]),
    lines.map((line: any) => [line.dueDate, line.amount, line.description]),
  )
  assert.deepEqual(schedule.dueOnSigning, preview.body.paymentPreview.dueOnSigningAmount)
})
