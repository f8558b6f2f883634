import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { eq } from 'drizzle-orm'
import { openTestApp, type TestApp } from '../../test/support/app.ts'
import { addCustomer } from '../../test/support/scenes/customers.ts'
import { manualTime } from '../../test/support/manual-time.ts'
import { listAudit, listEvents } from '../../test/support/records.ts'
import { rowHashes } from '../../test/support/row-hashes.ts'
import {
  addVouchers,
  evaMuster,
  findHolder,
  maxMustermann,
  redeem,
  selectStored,
} from '../../test/support/scenes/voucher-world.ts'
import { checkIn, checkOut } from '../checkins/index.ts'
import { setMembershipUntil } from '../customers/index.ts'
import { accessMediums } from '../customers/tables.ts'
import { customers } from '../customers/customer-table.ts'
import { listPasses } from '../online-offers/index.ts'
import { changeCampaign, createCampaign, exportCodes, generateCodes, setVoucherActive } from './campaigns.ts'
import { listCampaigns, listRedemptions } from './campaign-store.ts'

const readCode = ({ status, body }: { status: number; body: any }) => (status === 200 ? 200 : body.errorCode)
const refusal = (reason: string) => `errormessage.checkinVoucher.${reason}`
const here = { studioId: 123, source: 'DEVICE' } as const

test('a pass of one visit lets in once, out with the same code, and not again on the next day', async () => {
  await using app = await openTestApp()
  const { code: voucher, campaignId } = await addVouchers(app, { offer: { periodOfUseValue: 3 } })
  const { body } = await redeem(app, voucher)
  const code = body.studioAccessCode
  assert.match(code, /^[A-HJ-NP-Z2-9]{8}$/)
  const again = { firstname: ' max ', lastname: 'MUSTERMANN', email: 'MAX@mail.example' }
  assert.equal((await redeem(app, voucher.toLowerCase().replaceAll('-', ' '), again)).body.studioAccessCode, code)
  const holder = await findHolder(app, code)
  assert.ok(holder)
  const { customerId } = holder
  const into = await app.write((work) => checkIn(work, { ...here, customerId }))
  assert.equal(into.outcome, 'CHECKED_IN')
  const remaining = async () => (await app.read(({ db }) => listPasses(db, customerId))).map((pass) => pass.remaining)
  assert.deepEqual(await remaining(), [0])
  await app.travelTo('2026-06-15T11:00:00+02:00')
  assert.equal((await findHolder(app, code))?.customerId, customerId, 'the code has to let its holder out')
  assert.ok(await app.write((work) => checkOut(work, { ...here, customerId })))
  assert.equal(await findHolder(app, code), undefined)
  const types = (await listEvents(app)).map(({ type }) => type)
  assert.deepEqual(types.slice(-2), ['CUSTOMER_CHECKOUT', 'CUSTOMER_ACCESS_MEDIUM_UPDATED'])
  await app.travelTo('2026-06-16T09:00:00+02:00')
  assert.equal((await app.write((work) => checkIn(work, { ...here, customerId }))).outcome, 'REFUSED')
  const { counted, rows } = await selectStored(app, campaignId)
  assert.deepEqual([counted, rows.length], [1, 1])
  assert.equal((await redeem(app, voucher)).body.studioAccessCode, code)
})

test('the code of a pass with visits left stays after a visit, and ends with the last day of the pass', async () => {
  await using app = await openTestApp()
  const { code: voucher } = await addVouchers(app, {
    offer: { quantity: 2 },
    campaign: { passValidityValue: 1, passValidityUnit: 'WEEK' },
  })
  const code = (await redeem(app, voucher)).body.studioAccessCode
  const customerId = (await findHolder(app, code))?.customerId ?? 0
  await app.write((work) => checkIn(work, { ...here, customerId }))
  await app.write((work) => checkOut(work, { ...here, customerId }))
  await app.travelTo('2026-06-21T23:59:59+02:00')
  assert.equal((await findHolder(app, code))?.customerId, customerId)
  await app.travelTo('2026-06-22T00:00:00+02:00')
  assert.equal(await findHolder(app, code), undefined)
})

let app: TestApp
before(async () => void (app = await openTestApp({ environment: { PALESTRA_RATELIMIT_DEFAULT: '100000' } })))
after(() => app.close())

test('a new person becomes a prospect, with events and audit lines of everything that was created', async () => {
  const { code, campaignId, offerId } = await addVouchers(app)
  const [lines, events] = [(await listAudit(app)).length, (await listEvents(app)).length]
  const person = { firstname: 'Nora', lastname: 'Neu', email: 'Nora@Mail.example' }
  assert.equal((await redeem(app, code, person)).status, 200)
  const [row] = (await selectStored(app, campaignId)).rows
  const { body } = await app.get(`/v1/customers/${row?.customerId}`)
  assert.deepEqual([body.firstName, body.lastName, body.status], ['Nora', 'Neu', 'PROSPECT'])
  const [pass] = await app.read(({ db }) => listPasses(db, row?.customerId ?? 0))
  assert.deepEqual([pass?.id, pass?.onlineOfferId, Number(pass?.price), pass?.quantity], [row?.passId, offerId, 0, 1])
  const [source] = await app.read(({ db }) =>
    db
      .select()
      .from(customers)
      .where(eq(customers.id, row?.customerId ?? 0)),
  )
  assert.equal(source?.source, 'VOUCHER')
  assert.deepEqual(
    (await listEvents(app)).slice(events).map(({ type }) => type),
    ['CUSTOMER_CREATED', 'ONLINE_OFFER_PURCHASED', 'CUSTOMER_ACCESS_MEDIUM_CREATED'],
  )
  assert.deepEqual(
    (await listAudit(app)).slice(lines).map(({ action }) => action),
    ['customer.created', 'pass.granted', 'accessMedium.created', 'checkinVoucher.redeemed'],
  )
  const [medium] = await app.read(({ db }) =>
    db
      .select()
      .from(accessMediums)
      .where(eq(accessMediums.id, row?.accessMediumId ?? 0)),
  )
  assert.deepEqual([medium?.type, medium?.ownerIntegrationId], ['BARCODE', null])
  assert.equal(medium?.validUntil?.toString(), '2026-06-15T22:00:00Z')
})

test('a person whom the studio knows by names and address gets the pass, the oldest of several', async () => {
  const known = { firstName: 'Ola', lastName: 'Nordmann', email: 'ola@mail.example' }
  const customerId = await addCustomer(app, known)
  await addCustomer(app, known)
  await addCustomer(app, { ...known, lastName: 'Nordmann-Berg' })
  const { code, campaignId } = await addVouchers(app)
  const events = (await listEvents(app)).length
  await redeem(app, code, { firstname: 'OLA', lastname: 'nordmann', email: 'Ola@mail.example' })
  assert.equal((await selectStored(app, campaignId)).rows[0]?.customerId, customerId)
  assert.ok(!(await listEvents(app)).slice(events).some(({ type }) => type === 'CUSTOMER_CREATED'))
})

test('every refusal leaves nothing behind', async () => {
  const member = { firstName: 'Mia', lastName: 'Member', email: 'mia@mail.example' }
  const memberId = await addCustomer(app, member)
  await app.write((work) => setMembershipUntil(work, memberId, Temporal.PlainDate.from('2027-01-01')))
  const asMember = { firstname: 'Mia', lastname: 'Member', email: 'mia@mail.example' }
  const day = (text: string) => Temporal.PlainDate.from(text)
  const plain = await addVouchers(app, { count: 3 })
  const future = await addVouchers(app, { campaign: { validFrom: day('2026-06-16') } })
  const past = await addVouchers(app, { campaign: { validTo: day('2026-06-14') } })
  const off = await addVouchers(app)
  await app.write((work) => changeCampaign(work, off.campaignId, { active: false }))
  const single = await addVouchers(app)
  const [voucher] = await app.write((work) => exportCodes(work, single.campaignId, app.platform.secrets))
  await app.write((work) => setVoucherActive(work, voucher?.voucherId ?? 0, false))
  const elsewhere = await addVouchers(app, { studio: app.hamburg })
  assert.equal((await redeem(app, plain.codes[0] ?? '', evaMuster)).status, 200)
  const before = await rowHashes(app.url)
  const cases: readonly (readonly [string, object, string])[] = [
    ['NOSUCHCODE', maxMustermann, 'notFound'],
    [elsewhere.code, maxMustermann, 'notFound'],
    [off.code, maxMustermann, 'inactive'],
    [single.code, maxMustermann, 'inactive'],
    [future.code, maxMustermann, 'notYetValid'],
    [past.code, maxMustermann, 'expired'],
    [plain.codes[1] ?? '', { ...maxMustermann, onlineOfferId: past.offerId }, 'offerMismatch'],
    [plain.codes[1] ?? '', asMember, 'memberNotAllowed'],
    [plain.codes[1] ?? '', evaMuster, 'personLimitReached'],
    [plain.codes[0] ?? '', maxMustermann, 'exhausted'],
  ]
  for (const [code, person, reason] of cases) assert.equal(readCode(await redeem(app, code, person)), refusal(reason))
  for (const field of ['firstname', 'lastname', 'email', 'voucherCode']) {
    const { status, body } = await redeem(app, plain.code, { ...maxMustermann, voucherCode: plain.code, [field]: ' ' })
    assert.deepEqual([status, body.reference ?? body.violations?.[0]?.reference], [400, field], field)
  }
  const wrong = await redeem(app, plain.code, { ...maxMustermann, email: 'max' })
  assert.equal(readCode(wrong), 'errormessage.validation.format')
  assert.deepEqual(await rowHashes(app.url), before)
  await app.write((work) => changeCampaign(work, plain.campaignId, { membersAllowed: true }))
  assert.equal((await redeem(app, plain.codes[1] ?? '', asMember)).status, 200)
})

test('an offer may be chosen among those of the campaign', async () => {
  const other = await addVouchers(app, { offer: { quantity: 5 } })
  const { code, campaignId, offerId } = await addVouchers(app)
  await app.write((work) => changeCampaign(work, campaignId, { offerIds: [offerId, other.offerId] }))
  const person = { firstname: 'Ole', lastname: 'Wahl', email: 'ole@mail.example' }
  assert.equal((await redeem(app, code, { ...person, onlineOfferId: other.offerId })).status, 200)
  const [row] = (await selectStored(app, campaignId)).rows
  const [pass] = await app.read(({ db }) => listPasses(db, row?.customerId ?? 0))
  assert.equal(pass?.quantity, 5)
})

test('more than twenty wrong codes of a key within ten minutes close it for the rest of them', async () => {
  const time = manualTime()
  await using app = await openTestApp({ real: time })
  const { code } = await addVouchers(app)
  for (let n = 0; n < 20; n++) assert.equal((await redeem(app, 'WRONG')).status, 404)
  const refused = await redeem(app, 'WRONG')
  assert.equal(readCode(refused), 'errormessage.rateLimit.exceeded')
  assert.ok(Number(refused.headers['retry-after']) <= 600)
  assert.equal((await redeem(app, code)).status, 429)
  assert.equal((await redeem(app, 'WRONG', maxMustermann, app.hamburg)).status, 404)
  time.pass({ minutes: 10 })
  assert.equal((await redeem(app, code)).status, 200)
})

test('staff: campaigns are judged by their fields, codes are drawn in batches and listed for staff, whose export is logged', async () => {
  const { campaignId, offerId, codes } = await addVouchers(app, { count: 600, campaign: { prefix: 'june1' } })
  assert.equal(new Set(codes).size, 600)
  for (const code of codes) assert.match(code, /^JUNE1-[A-HJ-NP-Z2-9]{4}-[A-HJ-NP-Z2-9]{4}$/)
  const exported = await app.write((work) => exportCodes(work, campaignId, app.platform.secrets))
  assert.deepEqual(exported.map(({ code }) => code).sort(), [...codes].sort())
  assert.equal((await listAudit(app)).at(-1)?.action, 'voucherCampaign.exported')
  const person = { firstname: 'Rolf', lastname: 'Bericht', email: 'rolf@mail.example' }
  await redeem(app, codes[0] ?? '', person)
  const [line] = await app.read(({ db }) => listRedemptions(db, campaignId))
  assert.deepEqual([line?.offerId, line?.visits, line?.remaining], [offerId, 1, 1])
  const listed = (await app.read(({ db }) => listCampaigns(db))).find((each) => each.campaignId === campaignId)
  assert.deepEqual([listed?.codes, listed?.redeemed, listed?.prefix], [600, 1, 'JUNE1'])
  const make = (changes: object) =>
    app.write((work) =>
      createCampaign(work, {
        name: 'July',
        validFrom: Temporal.PlainDate.from('2026-07-01'),
        validTo: Temporal.PlainDate.from('2026-07-31'),
        studioIds: [123],
        offerIds: [offerId],
        defaultOfferId: offerId,
        ...changes,
      }),
    )
  const wrong = [
    [{ prefix: 'JUNE1' }, 'prefix'],
    [{ prefix: 'JUNE' }, 'prefix'],
    [{ name: ' ' }, 'name'],
    [{ validFrom: Temporal.PlainDate.from('2026-08-01') }, 'validFrom'],
    [{ maxPerPerson: 0 }, 'maxPerPerson'],
    [{ studioIds: [] }, 'studioIds'],
    [{ defaultOfferId: 77 }, 'defaultOfferId'],
  ] as const
  for (const [changes, field] of wrong) {
    await assert.rejects(make(changes), (error: any) => error.details.reference === field, field)
  }
  await assert.rejects(make({ offerIds: [offerId, 77] }), /onlineOffer.notFound/)
  const generate = (count: number) =>
    app.write((work) => generateCodes(work, campaignId, { count }, app.platform.secrets))
  await assert.rejects(generate(10_001), (error: any) => error.details.reference === 'count')
  const lines = (await listAudit(app)).length
  await app.write((work) => changeCampaign(work, campaignId, { name: 'June' }))
  assert.equal((await listAudit(app)).length, lines)
  await assert.rejects(
    app.write((work) => changeCampaign(work, campaignId, { name: 'X' }, 7)),
    /concurrentModification/,
  )
})
