import assert from 'node:assert/strict'
import { asc, eq } from 'drizzle-orm'
import {
  accessRefusal,
  checkIn,
  type CheckInRequest,
  checkOut,
  decideAccess,
  decideEntrance,
  type EntranceRules,
} from '../../../src/checkins/index.ts'
import { checkIns } from '../../../src/checkins/tables.ts'
import { contractCheckinStudios, contractPhases, idlePeriods } from '../../../src/contracts/tables.ts'
import { createOnlineOffer, grantFreePass, type PeriodOfUse } from '../../../src/online-offers/index.ts'
import { outboxEvents } from '../../../src/platform/tables.ts'
import type { TestApp } from '../app.ts'
import { type ContractInput, insertContract, insertCustomer } from './booking-world.ts'

export interface AccessContractInput extends Omit<ContractInput, 'customerId'> {
  /** Studios whose door it opens; left out: all. */
  readonly studios?: readonly number[]
  readonly checkinLimit?: { readonly count: number; readonly unit: 'WEEK' | 'MONTH' }
}

const date = (text: string) => Temporal.PlainDate.from(text)

/** Who comes, and what opens the door to them. */
function people(app: TestApp) {
  const contract = (customerId: number, { studios, checkinLimit, ...input }: AccessContractInput = {}) =>
    app.write(async (work) => {
      const { contractId } = await insertContract(work, app.berlin, { customerId, ...input })
      const doors = (studios ?? [null]).map((studioId) => ({ contractId, studioId, createdAt: work.now }))
      await work.tx.insert(contractCheckinStudios).values(doors)
      const { openingHourCategoryId = null } = input
      const snapshot = { rateName: 'Flex', rateCodes: [], openingHourCategoryId, checkinLimit: checkinLimit ?? null }
      await work.tx.update(contractPhases).set({ snapshot }).where(eq(contractPhases.contractId, contractId))
      return contractId
    })
  const guest = () => app.write((work) => insertCustomer(work, app.berlin))
  return {
    contract,
    guest,
    member: async (input: AccessContractInput = {}) => {
      const customerId = await guest()
      await contract(customerId, input)
      return customerId
    },
    members: (count: number) =>
      app.write(async (work) => {
        const ids: number[] = []
        for (let k = 0; k < count; k++) {
          const customerId = await insertCustomer(work, app.berlin)
          const { contractId } = await insertContract(work, app.berlin, { customerId })
          await work.tx.insert(contractCheckinStudios).values({ contractId, createdAt: work.now })
          ids.push(customerId)
        }
        return ids
      }),
    /** A pause whose policy keeps the member out. */
    pause: (contractId: number, from: string, lastDay: string | null, policy: object = { accessRefusal: true }) =>
      app.write((work) =>
        work.tx.insert(idlePeriods).values({
          contractId,
          startDate: date(from),
          endDate: lastDay === null ? null : date(lastDay),
          unlimited: lastDay === null,
          state: 'ACCEPTED',
          policySnapshot: { ...policy },
          createdAt: work.now,
          updatedAt: work.now,
        }),
      ),
    pass: (customerId: number, quantity = 1, period: PeriodOfUse = { value: 30, unit: 'DAY' }) =>
      app.write(async (work) => {
        const offer = {
          name: 'Pass',
          quantity,
          periodOfUseValue: period.value,
          periodOfUseUnit: period.unit,
          position: 1,
        }
        const onlineOfferId = await createOnlineOffer(work, { ...offer, studioId: app.berlin.studioId })
        return (await grantFreePass(work, { customerId, onlineOfferId })).passId
      }),
  }
}

/** The short words in which tests of visits are written; everything happens in Berlin unless said otherwise. */
export function visitScene(app: TestApp) {
  const berlin = app.berlin.studioId
  return {
    ...people(app),
    /** What opens the door, or the code of the refusal with what its text says. */
    access: (customerId: number, studioId = berlin) =>
      app.read(async ({ db, now }) => toWords(await decideAccess(db, { customerId, studioId, now }))),
    entrance: (customerId: number, rules: EntranceRules = {}, studioId = berlin) =>
      app.read(async ({ db, now }) => toWords(await decideEntrance(db, { customerId, studioId, now }, rules))),
    enter: async (customerId: number, request: Partial<CheckInRequest> = {}) => {
      const wish = { customerId, studioId: berlin, source: 'DEVICE', ...request } as const
      const result = await app.write((work) => checkIn(work, wish))
      return result.outcome === 'REFUSED' ? toCode(accessRefusal(result.refusal)) : result.outcome
    },
    leave: (customerId: number, studioId = berlin) =>
      app.write((work) => checkOut(work, { customerId, studioId, source: 'DEVICE' })),
    listVisits: (customerId: number) =>
      app.read(({ db }) =>
        db.select().from(checkIns).where(eq(checkIns.customerId, customerId)).orderBy(asc(checkIns.id)),
      ),
    utilization: async () => (await app.get('/v1/studios/utilization')).body.count as number,
    /** Events about visits, in the order of their commits: `TYPE entityId`, without `CUSTOMER_` in front. */
    events: () =>
      app.read(async ({ db }) => {
        const rows = await db.select().from(outboxEvents).orderBy(asc(outboxEvents.id))
        return rows
          .filter(({ type }) => /CUSTOMER_CHECK/.test(type))
          .map(({ type, entityId }) => `${type.replace('CUSTOMER_', '')} ${entityId}`)
      }),
  }
}

type Verdict = Awaited<ReturnType<typeof decideAccess>>

function toWords(verdict: Verdict): string {
  return verdict.granted ? verdict.ground.kind : toCode(accessRefusal(verdict.refusal))
}

function toCode({ status, code, details }: ReturnType<typeof accessRefusal>): string {
  assert.equal(status, code.startsWith('errormessage.access.') ? 403 : 404)
  return [code.split('.').at(-1), ...(details.args ?? []).map(({ value }) => JSON.stringify(value))].join(' ')
}
