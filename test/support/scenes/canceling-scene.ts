import assert from 'node:assert/strict'
import { eq } from 'drizzle-orm'
import { contractCancelations } from '../../../src/contracts/tables.ts'
import { cancelationReasons } from '../../../src/membership-offers/tables.ts'
import { configureAmendments } from '../../../src/self-service/index.ts'
import type { TestAnswer, TestApp } from '../app.ts'
import { listEvents } from '../records.ts'
import { samplePlan } from '../samples/contract-plan.ts'
import { showClaims, signPlan } from './contract-scene.ts'
import { addCustomer } from './customers.ts'

export interface Signed {
  readonly customerId: number
  readonly contractId: number
}

type Mode = 'READ' | 'CHANGES_REQUIRE_VERIFICATION' | 'CHANGES_WITHOUT_VERIFICATION'

/** Sets how members of Berlin cancel their contracts; left out: at once. */
export function allowCanceling(app: TestApp, mode: Mode = 'CHANGES_WITHOUT_VERIFICATION') {
  const { studioId } = app.berlin
  const config = { studioId, kind: 'CONTRACT_CANCELATION', mode, requireSignature: false } as const
  return app.write((work) => configureAmendments(work, config))
}

/** A reason of Berlin with which members may cancel, unless `more` says otherwise. Answers its id. */
export function addReason(app: TestApp, more: Partial<typeof cancelationReasons.$inferInsert> = {}): Promise<number> {
  return app.write(async ({ tx, now }) => {
    const row = { studioId: app.berlin.studioId, name: 'Moving away', position: 0, createdAt: now, updatedAt: now }
    const [added] = await tx
      .insert(cancelationReasons)
      .values({ ...row, ...more })
      .returning({ id: cancelationReasons.id })
    return added?.id as number
  })
}

/** `true`, or the status with the code of the refusal. */
export const outcome = ({ status, body }: TestAnswer): string =>
  status === 200 ? body.success : `${status} ${String(body.errorCode).replace('errormessage.', '')}`

/** Berlin, whose members cancel at once for one reason, and what they do and see. */
export async function openCanceling(app: TestApp) {
  await allowCanceling(app)
  const reasonId = await addReason(app)
  return {
    /** Twelve months for 30.00 a month from 1 January 2026 on, then month by month, with a month's notice. */
    async sign(changes: Parameters<typeof samplePlan>[0] = {}): Promise<Signed> {
      const customerId = await addCustomer(app)
      return { customerId, contractId: await signPlan(app, customerId, samplePlan(changes)) }
    },
    cancel(
      { customerId, contractId }: Signed,
      cancelationDate: string,
      more: Partial<Record<'cancelationReasonId' | 'contractId', number>> = {},
    ) {
      const body = { contractId, cancelationDate, cancelationReasonId: reasonId, ...more }
      return app.post(`/v1/memberships/${customerId}/self-service/ordinary-contract-cancelation`, body)
    },
    withdraw: ({ customerId, contractId }: Signed) =>
      app.post(`/v1/memberships/${customerId}/self-service/withdraw-ordinary-contract-cancelation/${contractId}`),
    async show({ customerId, contractId }: Signed) {
      const { body } = await app.get(`/v1/memberships/${customerId}/self-service/contract-data`)
      return body.find(({ id }: { id: number }) => id === contractId)
    },
    lastClaim: async ({ contractId }: Signed) => (await showClaims(app, contractId)).at(-1),
    /** The types of the events that a call sends. */
    async collectEvents(call: () => Promise<TestAnswer>) {
      const known = (await listEvents(app)).length
      assert.equal(outcome(await call()), 'true')
      return (await listEvents(app)).slice(known).map(({ type }) => type)
    },
    async states({ contractId }: Signed) {
      const ofContract = eq(contractCancelations.contractId, contractId)
      const rows = await app.read(({ db }) => db.select().from(contractCancelations).where(ofContract))
      return rows.map(({ state }) => state)
    },
    /** Changes the cancelation of a contract by hand. */
    change: ({ contractId }: Signed, more: Partial<typeof contractCancelations.$inferInsert>) =>
      app.write(({ tx }) =>
        tx.update(contractCancelations).set(more).where(eq(contractCancelations.contractId, contractId)),
      ),
    reasonId,
  }
}
