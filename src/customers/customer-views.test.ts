import { after, before, test } from 'node:test'
import assert from 'node:assert/strict'
import { eq, sql } from 'drizzle-orm'
import pg from 'pg'
import { openTestApp, type TestApp } from '../../test/support/app.ts'
import { addCustomer, newPerson } from '../../test/support/scenes/customers.ts'
import { addOffer } from '../../test/support/scenes/offer-world.ts'
import { asSuperuser } from '../../test/support/row-hashes.ts'
import { idleReasons } from '../membership-offers/tables.ts'
import { contracts, idlePeriods } from '../contracts/tables.ts'
import { paymentInstruments } from '../payments/tables.ts'
import type { UnitOfWork } from '../platform/units/work.ts'
import { updateStudio } from '../studios/index.ts'
import { addAccessMedium, removeAccessMedium } from './access/access-mediums.ts'
import { liftRestriction, restrictAccess } from './access/access-restrictions.ts'
import { setMembershipUntil } from './statuses.ts'
import {
  accessMediums,
  additionalInformationAssignments,
  additionalInformationFields,
  customerIntegrationBlocks,
  customerThirdPartyIds,
} from './tables.ts'
import { customers } from './customer-table.ts'
import { makeViewsOnce } from './views-once.ts'

const [edgar, mara, doomed] = [1001, 1002, 1003]
const day = (text: string) => Temporal.PlainDate.from(text)
let app: TestApp

before(async () => {
  app = await openTestApp()
  for (const id of [edgar, mara, doomed]) await addCustomer(app, {}, { id })
  await app.write(insertContract(501, edgar))
  await app.write(insertContract(502, mara))
})
after(() => app.close())

const toStamps = ({ now }: UnitOfWork) => ({ createdAt: now, updatedAt: now })

function insertContract(id: number, customerId: number) {
  return async (work: UnitOfWork) => {
    const snapshot = { rateName: 'Flex 12', rateCodes: [], openingHourCategoryId: null } as const
    const dates = { signedAt: work.now, signingDate: day('2026-01-01'), startDate: day('2026-01-01') }
    const base = { ...toStamps(work), ...dates, customerId, studioId: 123, snapshot, origin: 'SIGNUP' as const }
    await work.tx.insert(contracts).values({ ...base, id, committedEnd: day('2026-12-31') })
  }
}

interface Held {
  readonly id: number
  readonly studioId: number
  readonly blocks: readonly number[]
  readonly whole: { readonly thirdPartyIds?: readonly { readonly value: string }[] | null }
}

/** Both lists hold ids without an order. */
const inOrder = ({ whole, blocks, ...rest }: Held) => ({
  ...rest,
  blocks: blocks.toSorted((a, b) => a - b),
  whole: { ...whole, thirdPartyIds: whole.thirdPartyIds?.toSorted((a, b) => (a.value < b.value ? -1 : 1)) ?? null },
})

/** The views as they are kept, and as computed anew from all the tables, of every customer there is. */
async function views() {
  return asSuperuser(app.url, async (client) => {
    const read = async (text: string) => (await client.query<Held>(text)).rows.map(inOrder)
    const kept = await read(`select customer_id as id, studio_id as "studioId", blocked_integration_ids as blocks, whole
      from customer_views order by customer_id`)
    const fresh = await read(`select id, studio_id as "studioId", palestra_customer_whole(c) as whole,
        array(select integration_id from customer_integration_blocks where customer_id = c.id) as blocks
      from customers c where erased_at is null and not system order by id`)
    return { kept, fresh }
  })
}

const idle = (work: UnitOfWork) => ({ ...toStamps(work), policySnapshot: {}, startDate: day('2026-08-01') })

const instrument = (work: UnitOfWork, id: number, isRunDefault: boolean) => ({
  ...toStamps(work),
  id,
  customerId: edgar,
  isRunDefault,
  type: 'SEPA' as const,
  state: 'ACTIVE' as const,
  holder: `Holder ${id}`,
  accountEnc: Buffer.from('sealed'),
})

const change = (work: UnitOfWork, id: number, changes: Partial<typeof customers.$inferInsert>) =>
  work.tx.update(customers).set(changes).where(eq(customers.id, id))

const readCity = async ({ tx }: UnitOfWork, id: number) => {
  const { rows } = await tx.execute(sql`select whole ->> 'city' as city from customer_views where customer_id = ${id}`)
  return rows[0]?.['city']
}

let mediumId = 0
let banId = 0

/** One after the other, each on what the ones before have left. */
const changes: Readonly<Record<string, (work: UnitOfWork) => Promise<unknown>>> = {
  'a customer moves house': (work) => change(work, edgar, { city: 'Potsdam' }),
  'a membership gets an end': (work) => setMembershipUntil(work, edgar, day('2026-12-31')),
  'a medium is added': async (work) => {
    mediumId = await addAccessMedium(work, edgar, { type: 'PIN', value: '4711' }, app.platform.secrets)
  },
  'a medium gets an end': ({ tx, now }) =>
    tx.update(accessMediums).set({ validUntil: now }).where(eq(accessMediums.id, mediumId)),
  'a medium goes to another customer': ({ tx }) =>
    tx.update(accessMediums).set({ customerId: mara }).where(eq(accessMediums.id, mediumId)),
  'a medium is removed': (work) => removeAccessMedium(work, mediumId),
  'a restriction is set': async (work) => {
    banId = await restrictAccess(work, { customerId: edgar, source: 'STAFF', reason: 'Fees' })
  },
  'a restriction is lifted': (work) => liftRestriction(work, banId),
  'two integrations name a customer': ({ tx, now }) =>
    tx.insert(customerThirdPartyIds).values([
      { id: 901, customerId: edgar, integrationId: null, value: 'M-1', createdAt: now },
      { id: 902, customerId: edgar, integrationId: app.berlin.integrationId, value: 'A-1', createdAt: now },
    ]),
  'an id of an integration changes': ({ tx }) =>
    tx.update(customerThirdPartyIds).set({ value: 'A-2' }).where(eq(customerThirdPartyIds.id, 902)),
  'an id of an integration goes to another customer': ({ tx }) =>
    tx.update(customerThirdPartyIds).set({ customerId: mara }).where(eq(customerThirdPartyIds.id, 902)),
  'an id of an integration is removed': ({ tx }) =>
    tx.delete(customerThirdPartyIds).where(eq(customerThirdPartyIds.id, 902)),
  'a customer is hidden from an integration': ({ tx, now }) =>
    tx
      .insert(customerIntegrationBlocks)
      .values({ customerId: edgar, integrationId: app.berlin.integrationId, since: now, createdAt: now }),
  'a customer is shown to an integration again': ({ tx }) => tx.delete(customerIntegrationBlocks),
  'a field is defined and filled': async (work) => {
    const field = { ...toStamps(work), type: 'TEXT' as const, position: 1, name: 'Shirt', studioIds: [123] }
    await work.tx.insert(additionalInformationFields).values({ ...field, id: 41 })
    for (const customerId of [edgar, mara]) {
      await work.tx
        .insert(additionalInformationAssignments)
        .values({ customerId, fieldId: 41, value: 'L', createdAt: work.now })
    }
  },
  'a field gets another value': ({ tx }) =>
    tx
      .update(additionalInformationAssignments)
      .set({ value: 'M' })
      .where(eq(additionalInformationAssignments.customerId, edgar)),
  'a value is removed': ({ tx }) =>
    tx.delete(additionalInformationAssignments).where(eq(additionalInformationAssignments.customerId, edgar)),
  'a field is deactivated': ({ tx }) => tx.update(additionalInformationFields).set({ active: false }),
  'a field is active again': ({ tx }) => tx.update(additionalInformationFields).set({ active: true }),
  'a field is asked in another studio': ({ tx }) => tx.update(additionalInformationFields).set({ studioIds: [124] }),
  'an idle period is accepted': async (work) => {
    await work.tx.insert(idleReasons).values({ ...toStamps(work), id: 71, studioId: 123, position: 1, name: 'Travel' })
    const period = { ...idle(work), id: 601, contractId: 501, state: 'ACCEPTED' as const, reasonId: 71 }
    await work.tx.insert(idlePeriods).values({ ...period, endDate: day('2026-08-31') })
  },
  'an idle period has no end any more': ({ tx }) => tx.update(idlePeriods).set({ endDate: null, unlimited: true }),
  'a contract ends earlier': ({ tx }) =>
    tx
      .update(contracts)
      .set({ committedEnd: day('2026-10-31') })
      .where(eq(contracts.id, 501)),
  'a reason is renamed': ({ tx }) => tx.update(idleReasons).set({ name: 'Abroad' }),
  'an idle period goes to another contract': ({ tx }) => tx.update(idlePeriods).set({ contractId: 502 }),
  'an idle period is withdrawn': ({ tx }) => tx.update(idlePeriods).set({ state: 'WITHDRAWN' }),
  'an idle period is accepted after all': ({ tx }) => tx.update(idlePeriods).set({ state: 'ACCEPTED' }),
  'a contract never was': ({ tx, now }) => tx.update(contracts).set({ voidedAt: now }).where(eq(contracts.id, 502)),
  'a contract was after all': ({ tx }) => tx.update(contracts).set({ voidedAt: null }),
  'an idle period is deleted': ({ tx }) => tx.delete(idlePeriods),
  'an account is debited': (work) => work.tx.insert(paymentInstruments).values(instrument(work, 801, true)),
  'another account is debited': async (work) => {
    await work.tx.update(paymentInstruments).set({ isRunDefault: false })
    await work.tx.insert(paymentInstruments).values(instrument(work, 802, true))
  },
  'an account is replaced': ({ tx }) => tx.update(paymentInstruments).set({ state: 'REPLACED' }),
  'an account goes to another customer': ({ tx }) =>
    tx.update(paymentInstruments).set({ state: 'ACTIVE', customerId: mara }),
  'an account is forgotten': ({ tx }) => tx.delete(paymentInstruments),
  'a studio moves to another zone': (work) => updateStudio(work, 123, { timeZone: 'Europe/Lisbon' }),
  'a customer changes the studio': (work) => change(work, mara, { studioId: 124 }),
  'much of a customer is written before the view is made, and more of it and of others after': async (work) => {
    await makeViewsOnce(work.tx, edgar, async () => {
      for (const city of ['Bonn', 'Köln']) await change(work, edgar, { city })
      await change(work, mara, { city: 'Trier' })
      assert.deepEqual([await readCity(work, edgar), await readCity(work, mara)], ['Potsdam', 'Trier'])
    })
    assert.equal(await readCity(work, edgar), 'Köln')
    await change(work, edgar, { city: 'Jena' })
  },
  'a customer is erased': (work) => change(work, mara, { erasedAt: work.now }),
  'a prospect is deleted': ({ tx }) => tx.delete(customers).where(eq(customers.id, doomed)),
}

for (const [what, make] of Object.entries(changes)) {
  test(`when ${what}, every view is what a fresh look finds`, async () => {
    const { kept: known } = await views()
    await app.write(async (work) => void (await make(work)))
    const { kept, fresh } = await views()
    assert.deepEqual(kept, fresh)
    assert.notDeepEqual(kept, known, 'the change can be seen')
  })
}

test('a person who signs up has the view and the standing that a fresh look finds', async () => {
  const { termId } = await addOffer(app)
  const wish = { contract: { contractOfferTermId: termId, startDate: '2026-07-01' }, customer: newPerson() }
  const { status, body, text } = await app.post('/v1/memberships/signup', wish)
  assert.equal(status, 200, text)
  const { kept, fresh } = await views()
  assert.deepEqual(kept, fresh)
  const [standing] = await asSuperuser(app.url, async (client) => {
    const { rows } = await client.query(
      `select v.standing::text as kept, palestra_customer_standing(c)::text as fresh, v.standing -> 'contracts' as contracts
       from customers c join customer_standings v on v.customer_id = c.id where c.id = $1`,
      [body.customerId],
    )
    return rows
  })
  assert.equal(standing.kept, standing.fresh)
  assert.equal(standing.contracts.length, 1)
})

test('control: without its triggers a view falls behind', async () => {
  await asSuperuser(app.url, (client) => client.query('alter table customers disable trigger user'))
  await app.write((work) => change(work, edgar, { city: 'Hamburg' }))
  const { kept, fresh } = await views()
  assert.notDeepEqual(kept, fresh)
  await asSuperuser(app.url, (client) => client.query('alter table customers enable trigger user'))
  await app.write((work) => change(work, edgar, { city: 'Berlin' }))
})

/** Runs `first` and, while it has not committed, `second`, which may have to wait for it. */
async function race(first: string, second: string) {
  await asSuperuser(app.url, async (one) => {
    const two = new pg.Client({ connectionString: app.url })
    await two.connect()
    await one.query(`begin; ${first}`)
    await two.query('begin')
    const follows = two.query(second)
    await Promise.race([follows, new Promise((resolve) => setTimeout(resolve, 200))])
    await one.query('commit')
    await follows
    await two.query('commit')
    await two.end()
  })
}

const ban = (
  reason: string,
) => `insert into access_restrictions (tenant_id, customer_id, source, reason, created_at, updated_at)
  values (1, ${edgar}, 'STAFF', '${reason}', '2026-06-15Z', '2026-06-15Z')`
const move = (city: string) => `update customers set city = '${city}' where id = ${edgar}`
const shirt = `insert into additional_information_assignments (tenant_id, customer_id, field_id, value, created_at)
  values (1, ${edgar}, 42, 'S', '2026-06-15Z')`

async function isCurrent() {
  const { kept, fresh } = await views()
  return JSON.stringify(kept) === JSON.stringify(fresh)
}

test('two changes of different parts of one person at once leave a current view', async () => {
  for (let round = 0; round < 3; round++) {
    await race(ban(`Fees ${round}`), move(`Town ${round}`))
    assert.ok(await isCurrent())
    await race(move(`City ${round}`), ban(`Rules ${round}`))
    assert.ok(await isCurrent())
  }
})

test('a definition that changes while a customer gets a value of it leaves a current view', async () => {
  await app.write((work) =>
    work.tx.insert(additionalInformationFields).values({
      ...toStamps(work),
      id: 42,
      type: 'TEXT',
      position: 1,
      name: 'Shirt',
      studioIds: [123],
    }),
  )
  await race(shirt, 'update additional_information_fields set active = false')
  assert.ok(await isCurrent(), 'the value first')
  await app.write(({ tx }) => tx.delete(additionalInformationAssignments))
  await race('update additional_information_fields set active = true', shirt)
  assert.ok(await isCurrent(), 'the definition first')
})

test('control: without its lock the later of two changes overwrites what the earlier has added', async () => {
  await asSuperuser(app.url, async (client) => {
    const { rows } = await client.query(`select pg_get_functiondef('palestra_refresh_customer_views'::regproc) as text`)
    const unlocked = String(rows[0].text).replace(/^\s*PERFORM [^;]*FOR NO KEY UPDATE;/m, '')
    assert.notEqual(unlocked, rows[0].text)
    await client.query(unlocked)
  })
  await race(ban('Last'), `update access_restrictions set reason = reason || '!' where reason = 'Fees 0'`)
  assert.equal(await isCurrent(), false)
})
