import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openTestApp, type TestApp } from '../../test/support/app.ts'
import {
  listCounters,
  fivePerMonth,
  insertBenefit,
  insertEntitled,
  insertMember,
  usePath,
} from '../../test/support/scenes/benefit-world.ts'
import { listAudit, listEvents } from '../../test/support/records.ts'
import { insertStudio } from '../../test/support/scenes/world.ts'
import { everybody } from '../customers/index.ts'
import { accessMediums, accessRestrictions, customerIntegrationBlocks } from '../customers/tables.ts'
import { addBenefitRule, defineBenefit, endBenefitRule, setBenefitStudio } from './definitions.ts'
import { findBenefitUse, reverseBenefitUse, takeBenefit } from './uses.ts'
import { listUses } from './use-store.ts'

const at = (text: string) => Temporal.Instant.from(text)
const readCode = ({ status, body }: { status: number; body: any }) => (status === 200 ? 200 : body.errorCode)
const listPath = (customerId: number) => `/v1/customers/${customerId}/benefits`

test('five per month from the start of a contract on 31 January', async () => {
  await using app = await openTestApp({ now: '2026-02-27T12:00:00+01:00' })
  const { customerId, ruleId } = await insertEntitled(app)
  const use = async (times: number) => {
    const codes = []
    for (let n = 0; n < times; n++) codes.push(readCode(await app.post(usePath(customerId))))
    return codes
  }
  assert.deepEqual(await use(3), [200, 200, 200])
  await app.travelTo('2026-02-28T12:00:00+01:00')
  assert.deepEqual(await use(5), [200, 200, 200, 200, 200])
  await app.travelTo('2026-03-30T12:00:00+02:00')
  assert.deepEqual(await use(1), ['errormessage.benefit.contingentExhausted'])
  await app.travelTo('2026-03-31T12:00:00+02:00')
  assert.deepEqual(await use(1), [200])
  const each = { '2026-01-31': 3, '2026-02-28': 5, '2026-03-31': 1 }
  assert.deepEqual(await listCounters(app, ruleId), { counters: each, usages: each })
})

test('a use in Lisbon after midnight in Berlin counts for the next month of the home studio', async () => {
  await using app = await openTestApp({ now: '2025-10-15T12:00:00+02:00' })
  const { berlin } = app
  const lisbon = await app.write((work) =>
    insertStudio(app.platform, work.tx, {
      tenantId: berlin.tenantId,
      studioId: 125,
      integrationId: berlin.integrationId,
      name: 'Lisbon',
      zone: 'Europe/Lisbon',
      at: work.now,
    }),
  )
  const { customerId, ruleId } = await app.write(async (work) => {
    const benefitId = await insertBenefit(work, [berlin, lisbon], { crossFacility: true })
    const member = await insertMember(work, berlin, '2025-01-01')
    const by = { source: 'RATE', sourceId: member.rateId, ...fivePerMonth, anchor: 'CALENDAR' } as const
    return { ...member, ruleId: await addBenefitRule(work, { benefitId, studioId: berlin.studioId, ...by }) }
  })
  for (let n = 0; n < 5; n++) assert.equal((await app.post(usePath(customerId))).status, 200)
  await app.travelTo('2025-10-31T22:30:00+00:00')
  const early = await app.post(usePath(customerId), undefined, { as: lisbon })
  assert.equal(readCode(early), 'errormessage.benefit.contingentExhausted')
  await app.travelTo('2025-10-31T23:30:00+00:00')
  const late = await app.post(usePath(customerId), undefined, { as: lisbon })
  assert.equal(late.status, 200, late.text)
  assert.equal(late.text, '')
  assert.deepEqual((await listCounters(app, ruleId)).counters, { '2025-10-01': 5, '2025-11-01': 1 })
  const [last] = await app.read(({ db }) => listUses(db, customerId, 1))
  assert.deepEqual([last?.studioId, last?.source], [125, 'API'])
})

let app: TestApp
before(async () => void (app = await openTestApp()))
after(() => app.close())

test('the list says what is used, how much there is and for how long; it consumes nothing', async () => {
  const { customerId, ruleId } = await insertEntitled(app)
  const read = async (query = '') => (await app.get(`${listPath(customerId)}${query}`)).body
  const shown = { key: 'SOLARIUM', valid: true, used: 0, amount: 5, periodStart: '2026-05-31', periodEnd: '2026-06-29' }
  assert.deepEqual(await read(), [shown])
  for (let n = 0; n < 5; n++) await app.post(usePath(customerId))
  const spent = { ...shown, used: 5, valid: false, reason: 'CONTINGENT_EXHAUSTED' }
  assert.deepEqual(await read('?key=NONE,SOLARIUM&key=SOLARIUM'), [
    { key: 'NONE', valid: false, reason: 'NOT_FOUND' },
    spent,
  ])
  assert.deepEqual((await listCounters(app, ruleId)).counters, { '2026-05-31': 5 })
})

test('a total counts for good and shows no beginning; without limit nothing is counted', async () => {
  const total = await insertEntitled(app, { contingent: 'TOTAL', amount: 2 })
  const { body } = await app.get(listPath(total.customerId))
  assert.deepEqual(body, [{ key: 'SOLARIUM', valid: true, used: 0, amount: 2, periodEnd: '2027-12-31' }])
  await app.post(usePath(total.customerId))
  assert.deepEqual((await listCounters(app, total.ruleId)).counters, { '0001-01-01': 1 })
  const free = await insertEntitled(app, { contingent: 'UNLIMITED' })
  assert.deepEqual((await app.get(listPath(free.customerId))).body, [{ key: 'SOLARIUM', valid: true }])
  assert.equal((await app.post(usePath(free.customerId))).status, 200)
  assert.deepEqual(await listCounters(app, free.ruleId), { counters: {}, usages: { null: 1 } })
})

test('when the first allowance is used up the next one is taken', async () => {
  const { customerId, ruleId, benefitId, rateId } = await insertEntitled(app, { ...fivePerMonth, amount: 1 })
  const by = { benefitId, studioId: 123, source: 'RATE', sourceId: rateId } as const
  const second = await app.write((work) => addBenefitRule(work, { ...by, contingent: 'TOTAL', amount: 1 }))
  const codes = []
  for (let n = 0; n < 3; n++) codes.push(readCode(await app.post(usePath(customerId))))
  assert.deepEqual(codes, [200, 200, 'errormessage.benefit.contingentExhausted'])
  assert.deepEqual((await listCounters(app, ruleId)).counters, { '2026-05-31': 1 })
  assert.deepEqual((await listCounters(app, second)).counters, { '0001-01-01': 1 })
})

test('what is not a benefit of the partner here is 404, what the customer has not is 400', async () => {
  const { customerId, benefitId } = await insertEntitled(app)
  const prospect = await app.write((work) => insertMember(work, app.berlin))
  assert.equal(readCode(await app.post(usePath(customerId, 'NONE'))), 'errormessage.benefit.notFound')
  assert.equal(readCode(await app.post(usePath(prospect.customerId))), 'errormessage.benefit.notEntitled')
  assert.equal(readCode(await app.post(usePath(77))), 'errormessage.customer.notFound')
  const ban = { customerId, source: 'STAFF', reason: 'x', createdAt: at('2026-01-01T00:00Z') } as const
  await app.write(({ tx, now }) => tx.insert(accessRestrictions).values({ ...ban, updatedAt: now }))
  assert.equal(readCode(await app.post(usePath(customerId))), 'errormessage.benefit.notEntitled')
  await app.write((work) => setBenefitStudio(work, { benefitId, studioId: 123, enabled: false }))
  assert.equal(readCode(await app.post(usePath(customerId))), 'errormessage.benefit.notFound')
  assert.deepEqual((await app.get(listPath(customerId))).body, [])
})

test('visibility 3: a guest exists where a benefit is cross-facility and switched on here and at home', async () => {
  const { berlin, hamburg } = app
  const { guest, benefitId } = await app.write(async (work) => {
    const benefitId = await insertBenefit(work, [berlin, hamburg], { key: 'SAUNA' })
    await insertBenefit(work, [berlin], { key: 'AT_HOME', crossFacility: true })
    const { customerId } = await insertMember(work, berlin)
    const rule = { benefitId, studioId: berlin.studioId, source: 'ALL_MEMBERS', contingent: 'UNLIMITED' } as const
    await addBenefitRule(work, rule)
    return { guest: customerId, benefitId }
  })
  const seen = async () => {
    const list = await app.get(listPath(guest), { as: hamburg })
    const use = await app.post(usePath(guest, 'SAUNA'), undefined, { as: hamburg })
    return [list.status === 200 ? list.body.map(({ key }: { key: string }) => key) : readCode(list), readCode(use)]
  }
  const unseen = ['errormessage.customer.notFound', 'errormessage.customer.notFound']
  assert.deepEqual(await seen(), unseen)
  const define = (crossFacility: boolean) =>
    app.write((work) => defineBenefit(work, { integrationId: berlin.integrationId, key: 'SAUNA', crossFacility }))
  await define(true)
  assert.deepEqual(await seen(), [['SAUNA'], 200])
  const other = await app.post(usePath(guest, 'AT_HOME'), undefined, { as: hamburg })
  assert.equal(readCode(other), 'errormessage.benefit.notFound')
  for (const { studioId } of [berlin, hamburg]) {
    await app.write((work) => setBenefitStudio(work, { benefitId, studioId, enabled: false }))
    assert.deepEqual(await seen(), unseen)
    await app.write((work) => setBenefitStudio(work, { benefitId, studioId, enabled: true }))
  }
  const block = { customerId: guest, integrationId: berlin.integrationId }
  await app.write(({ tx, now }) =>
    tx.insert(customerIntegrationBlocks).values({ ...block, since: now, createdAt: now }),
  )
  assert.deepEqual(await seen(), unseen)
  await define(false)
})

test('by card: the holder of an active card in any format; unknown, foreign and expired ones look the same', async () => {
  const { customerId } = await insertEntitled(app)
  const guest = await app.write((work) => insertMember(work, app.hamburg))
  const stamps = { createdAt: at('2026-01-01T00:00Z'), updatedAt: at('2026-01-01T00:00Z') }
  await app.write(({ tx }) =>
    tx.insert(accessMediums).values([
      { customerId, type: 'CARD_NUMBER', valueNorm: '1290158199', ...stamps },
      { customerId: guest.customerId, type: 'CARD_NUMBER', valueNorm: '77', ...stamps },
      { customerId, type: 'CARD_NUMBER', valueNorm: '78', validUntil: at('2026-06-15T07:00Z'), ...stamps },
    ]),
  )
  const read = (query: string) => app.get(`/v1/customers/benefits?${query}`)
  const found = await read('cardNumber=77:40:E6:4C&cardNumberFormat=HEX_LSB&key=SOLARIUM')
  assert.equal(found.body[0]?.valid, true, found.text)
  const misses = await Promise.all(['76', '77', '78'].map((card) => read(`cardNumber=${card}`)))
  const bodies = misses.map(({ status, body }) => ({ status, ...body, traceId: '' }))
  assert.equal(bodies[0]?.errorCode, 'errormessage.customer.notFound')
  assert.deepEqual(bodies[1], bodies[0])
  assert.deepEqual(bodies[2], bodies[0])
  assert.equal(readCode(await read('cardNumber=x')), 'errormessage.cardNumber.invalid')
  assert.equal((await read('')).body.validations?.[0]?.reference ?? (await read('')).body.reference, 'cardNumber')
})

test('a use leaves an audit line and no event; with an Idempotency-Key a retry is no second use', async () => {
  const { customerId, ruleId } = await insertEntitled(app)
  const events = (await listEvents(app)).length
  const headers = { 'idempotency-key': 'use-1' }
  const answers = [await app.post(usePath(customerId), undefined, { headers })]
  answers.push(await app.post(usePath(customerId), undefined, { headers }))
  assert.deepEqual(answers.map(readCode), [200, 200])
  assert.deepEqual((await listCounters(app, ruleId)).counters, { '2026-05-31': 1 })
  const line = (await listAudit(app)).at(-1)
  assert.deepEqual([line?.action, line?.entityKind], ['benefit.used', 'benefitUsage'])
  assert.equal((await listEvents(app)).length, events)
  await app.post(usePath(customerId))
  assert.deepEqual((await listCounters(app, ruleId)).counters, { '2026-05-31': 2 })
})

test('a device takes the benefit of whatever partner within its own unit, and is refused with the reason', async () => {
  const { customerId, ruleId } = await insertEntitled(app, { ...fivePerMonth, amount: 1 })
  const site = { studioId: 123, integrationId: null, sight: everybody }
  const wish = { customerId, key: 'SOLARIUM', site }
  const take = (changes: object = {}) => app.write((work) => takeBenefit(work, { ...wish, ...changes }, 'DEVICE'))
  const verdict = await app.read(({ db, now }) => findBenefitUse(db, wish, now))
  assert.equal(verdict?.isUsable, true)
  assert.ok('usageId' in (await take()))
  assert.deepEqual(await take(), { refusal: 'CONTINGENT_EXHAUSTED' })
  assert.deepEqual(await take({ key: 'NONE' }), { refusal: 'NOT_FOUND' })
  assert.deepEqual(await take({ customerId: 77 }), { refusal: 'CUSTOMER_NOT_FOUND' })
  const [use] = await app.read(({ db }) => listUses(db, customerId, 2))
  assert.equal(use?.source, 'DEVICE')
  assert.deepEqual((await listCounters(app, ruleId)).counters, { '2026-05-31': 1 })
})

test('staff take a use back in its own period, once', async () => {
  const { customerId, ruleId } = await insertEntitled(app)
  for (let n = 0; n < 2; n++) await app.post(usePath(customerId))
  const [use] = await app.read(({ db }) => listUses(db, customerId, 1))
  const lines = (await listAudit(app)).length
  for (let n = 0; n < 2; n++) await app.write((work) => reverseBenefitUse(work, use?.usageId ?? 0))
  assert.deepEqual(await listCounters(app, ruleId), { counters: { '2026-05-31': 1 }, usages: { '2026-05-31': 1 } })
  assert.deepEqual(
    (await listAudit(app)).slice(lines).map(({ action }) => action),
    ['benefit.reversed'],
  )
  await assert.rejects(
    app.write((work) => reverseBenefitUse(work, 77)),
    /benefitUse.notFound/,
  )
})

test('definitions: repeating one changes nothing, and a rule that cannot be is refused by its field', async () => {
  const { benefitId, rateId } = await insertEntitled(app)
  const lines = (await listAudit(app)).length
  const again = { integrationId: app.berlin.integrationId, key: 'SOLARIUM', crossFacility: false }
  assert.equal(await app.write((work) => defineBenefit(work, again)), benefitId)
  await app.write((work) => setBenefitStudio(work, { benefitId, studioId: 123, enabled: true }))
  assert.equal((await listAudit(app)).length, lines)
  const add = (rule: object) =>
    app.write((work) =>
      addBenefitRule(work, { benefitId, studioId: 123, source: 'RATE', sourceId: rateId, ...fivePerMonth, ...rule }),
    )
  const refusals = [
    [{ amount: 0 }, 'amount'],
    [{ amount: null }, 'amount'],
    [{ periodUnit: null }, 'periodUnit'],
    [{ anchor: null }, 'anchor'],
    [{ sourceId: null }, 'sourceId'],
    [{ sourceId: 77 }, 'sourceId'],
    [{ source: 'CUSTOMER', sourceId: 77 }, 'validFrom'],
    [{ validFrom: Temporal.PlainDate.from('2026-07-02'), validTo: Temporal.PlainDate.from('2026-07-01') }, 'validFrom'],
  ] as const
  for (const [change, reference] of refusals) {
    await assert.rejects(add(change), (error: any) => error.details.reference === reference)
  }
  await assert.rejects(
    app.write((work) => setBenefitStudio(work, { benefitId, studioId: 77, enabled: true })),
    /studio/,
  )
  const ruleId = await add({})
  await app.write((work) => endBenefitRule(work, ruleId, Temporal.PlainDate.from('2026-06-14')))
  assert.equal((await listAudit(app)).at(-1)?.action, 'benefit.ruleEnded')
})
