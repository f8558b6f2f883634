import { after, before, test } from 'node:test'
import assert from 'node:assert/strict'
import { eq } from 'drizzle-orm'
import { openTestApp, type TestApp } from '../../test/support/app.ts'
import { addCustomer } from '../../test/support/scenes/customers.ts'
import { asSuperuser } from '../../test/support/row-hashes.ts'
import { restrictAccess } from '../customers/index.ts'
import { customers } from '../customers/customer-table.ts'
import type { UnitOfWork } from '../platform/units/work.ts'
import { updateStudio } from '../studios/index.ts'
import { openingHourCategories, openingHourCategoryTimes } from '../studios/tables.ts'
import { modules, rates } from '../membership-offers/tables.ts'
import {
  contractCancelations,
  contractCheckinStudios,
  contractPhases,
  contracts,
  idlePeriods,
  subContracts,
} from './tables.ts'

const [edgar, mara] = [1001, 1002]
const day = (text: string) => Temporal.PlainDate.from(text)
let app: TestApp

before(async () => {
  app = await openTestApp()
  for (const id of [edgar, mara]) await addCustomer(app, {}, { id })
})
after(() => app.close())

/** The standings as they are kept, and as computed anew from all the tables, of every customer there is. */
function standings() {
  return asSuperuser(app.url, async (client) => {
    const kept = await client.query('select customer_id as id, standing from customer_standings order by customer_id')
    const fresh = await client.query(`select id, palestra_customer_standing(c) as standing from customers c
      where erased_at is null and not system and merged_into_id is null order by id`)
    return { kept: kept.rows, fresh: fresh.rows }
  })
}

const toStamps = ({ now }: UnitOfWork) => ({ createdAt: now, updatedAt: now })
const terms = { rateName: 'Flex 12', rateCodes: [], openingHourCategoryId: null } as const

const contract = (work: UnitOfWork, id: number, customerId: number) => ({
  ...toStamps(work),
  id,
  customerId,
  studioId: 123,
  snapshot: terms,
  origin: 'SIGNUP' as const,
  signedAt: work.now,
  signingDate: day('2026-01-01'),
  startDate: day('2026-01-01'),
  committedEnd: day('2026-12-31'),
})

const phase = (work: UnitOfWork, id: number, seq: number, from: string) => ({
  id,
  contractId: 501,
  seq,
  fromDate: day(from),
  rateId: 31,
  snapshot: terms,
  createdAt: work.now,
})

const cancelation = (work: UnitOfWork, of: { readonly contractId?: number; readonly subContractId?: number }) => ({
  ...toStamps(work),
  ...of,
  kind: 'ORDINARY' as const,
  origin: 'CUSTOMER' as const,
  state: 'EFFECTIVE' as const,
  receiptDate: day('2026-06-01'),
  toDate: day('2026-08-31'),
})

const hours = {
  day: 'MONDAY',
  timeFrom: Temporal.PlainTime.from('06:00'),
  timeTo: Temporal.PlainTime.from('12:00'),
} as const

const pause = (work: UnitOfWork) => ({
  ...toStamps(work),
  id: 601,
  contractId: 501,
  state: 'PENDING_VERIFICATION' as const,
  startDate: day('2026-08-01'),
  endDate: day('2026-08-31'),
  policySnapshot: { accessRefusal: true },
})

/** One after the other, each on what the ones before have left. */
const changes: Readonly<Record<string, (work: UnitOfWork) => Promise<unknown>>> = {
  'a contract is signed': (work) => work.tx.insert(contracts).values(contract(work, 501, edgar)),
  'a contract gets its first phase': async (work) => {
    await work.tx.insert(rates).values({ ...toStamps(work), id: 31, name: 'Flex' })
    await work.tx.insert(contractPhases).values(phase(work, 611, 0, '2026-01-01'))
  },
  'a contract gets another phase': (work) => work.tx.insert(contractPhases).values(phase(work, 612, 1, '2026-07-01')),
  'a phase is restricted to times of the week': async (work) => {
    await work.tx.insert(openingHourCategories).values({ ...toStamps(work), id: 51, studioId: 123, name: 'Mornings' })
    const restricted = { ...terms, openingHourCategoryId: 51, checkinLimit: { count: 2, unit: 'WEEK' as const } }
    await work.tx.update(contractPhases).set({ snapshot: restricted }).where(eq(contractPhases.id, 612))
  },
  'a category gets a time': ({ tx, now }) =>
    tx.insert(openingHourCategoryTimes).values({ ...hours, categoryId: 51, createdAt: now }),
  'a time of a category changes': ({ tx }) =>
    tx.update(openingHourCategoryTimes).set({ timeTo: Temporal.PlainTime.from('13:00') }),
  'a category loses a time': ({ tx }) => tx.delete(openingHourCategoryTimes),
  'a phase goes to another contract': async (work) => {
    await work.tx.insert(contracts).values(contract(work, 502, mara))
    await work.tx.update(contractPhases).set({ contractId: 502 }).where(eq(contractPhases.id, 612))
  },
  'a phase is deleted': ({ tx }) => tx.delete(contractPhases).where(eq(contractPhases.id, 612)),
  'a contract lets in at another studio': ({ tx, now }) =>
    tx.insert(contractCheckinStudios).values({ contractId: 501, studioId: 124, createdAt: now }),
  'a contract lets in everywhere': ({ tx }) => tx.update(contractCheckinStudios).set({ studioId: null }),
  'a contract lets in nowhere': ({ tx }) => tx.delete(contractCheckinStudios),
  'a module is sold': async (work) => {
    await work.tx.insert(modules).values({ ...toStamps(work), id: 32, name: 'Sauna', extensionType: 'NONE' })
    const sold = { ...toStamps(work), id: 631, contractId: 501, moduleId: 32, name: 'Sauna', kind: 'MODULE' as const }
    const dates = { origin: 'OPTIONAL' as const, startDate: day('2026-02-01'), snapshot: { name: 'Sauna' } }
    await work.tx.insert(subContracts).values({ ...sold, ...dates })
  },
  'a module gets an end': ({ tx }) => tx.update(subContracts).set({ committedEnd: day('2026-09-30') }),
  'a module is canceled': (work) =>
    work.tx.insert(contractCancelations).values(cancelation(work, { subContractId: 631 })),
  'the cancelation of a module is withdrawn': ({ tx }) => tx.update(contractCancelations).set({ state: 'WITHDRAWN' }),
  'a module is deleted': async ({ tx }) => {
    await tx.delete(contractCancelations)
    await tx.delete(subContracts)
  },
  'a contract is canceled': (work) =>
    work.tx.insert(contractCancelations).values(cancelation(work, { contractId: 501 })),
  'a cancelation is deleted': ({ tx }) => tx.delete(contractCancelations),
  'a contract begins to renew': ({ tx }) =>
    tx
      .update(contracts)
      .set({ snapshot: { ...terms, extensionType: 'TERM_EXTENSION' } })
      .where(eq(contracts.id, 501)),
  'a pause is accepted': async (work) => {
    await work.tx.insert(idlePeriods).values(pause(work))
    await work.tx.update(idlePeriods).set({ state: 'ACCEPTED' })
  },
  'a customer is banned': (work) => restrictAccess(work, { customerId: edgar, source: 'STAFF', reason: 'Fees' }),
  'a contract goes to another person': ({ tx }) =>
    tx.update(contracts).set({ customerId: mara }).where(eq(contracts.id, 501)),
  'a contract never was': ({ tx, now }) => tx.update(contracts).set({ voidedAt: now }).where(eq(contracts.id, 501)),
  'a contract is deleted': ({ tx }) => tx.delete(contracts).where(eq(contracts.id, 502)),
  'a studio moves to another zone': (work) => updateStudio(work, 123, { timeZone: 'Europe/Lisbon' }),
  'a customer is merged into another': ({ tx }) =>
    tx.update(customers).set({ mergedIntoId: edgar }).where(eq(customers.id, mara)),
  'a customer is erased': ({ tx, now }) => tx.update(customers).set({ erasedAt: now }).where(eq(customers.id, edgar)),
}

for (const [what, make] of Object.entries(changes)) {
  test(`when ${what}, every standing is what a fresh look finds`, async () => {
    const { kept: known } = await standings()
    await app.write(async (work) => void (await make(work)))
    const { kept, fresh } = await standings()
    assert.deepEqual(kept, fresh)
    assert.notDeepEqual(kept, known, 'the change can be seen')
  })
}

test('a cancelation stays with its contract, a time with its category', async () => {
  await app.write(async (work) => {
    await work.tx.insert(contracts).values([contract(work, 503, mara), contract(work, 504, mara)])
    await work.tx.insert(contractCancelations).values(cancelation(work, { contractId: 503 }))
  })
  await assert.rejects(app.write(({ tx }) => tx.update(contractCancelations).set({ contractId: 504 })))
  await app.write(async (work) => {
    await work.tx.insert(openingHourCategories).values({ ...toStamps(work), id: 53, studioId: 123, name: 'Evenings' })
    await work.tx.insert(openingHourCategoryTimes).values({ ...hours, categoryId: 51, createdAt: work.now })
  })
  await assert.rejects(app.write(({ tx }) => tx.update(openingHourCategoryTimes).set({ categoryId: 53 })))
})

test('control: without its trigger a standing falls behind', async () => {
  await app.write(({ tx }) => tx.update(customers).set({ mergedIntoId: null }).where(eq(customers.id, mara)))
  await asSuperuser(app.url, (client) => client.query('alter table contract_cancelations disable trigger user'))
  await app.write(({ tx }) => tx.delete(contractCancelations))
  const { kept, fresh } = await standings()
  assert.notDeepEqual(kept, fresh)
})
