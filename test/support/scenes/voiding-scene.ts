import { eq } from 'drizzle-orm'
import { bookPayment, listContractClaims } from '../../../src/accounts/index.ts'
import { contracts } from '../../../src/contracts/tables.ts'
import { formatAmount } from '../../../src/platform/values/money.ts'
import { studios } from '../../../src/studios/tables.ts'
import type { TestApp } from '../app.ts'
import { listEvents } from '../records.ts'
import { day, samplePlan } from '../samples/contract-plan.ts'
import { selectAccount } from './accounts.ts'
import type { Signed } from './canceling-scene.ts'
import { signPlan } from './contract-scene.ts'
import { addCustomer } from './customers.ts'

/** Contracts that were signed on 1 June 2026 and run from that day, and what becomes of them when that is taken back. */
export function openVoiding(app: TestApp) {
  const path = ({ customerId, contractId }: Signed) =>
    `/v1/memberships/${customerId}/self-service/contract-withdrawal/${contractId}`
  return {
    /** Twelve months for 30.00 a month, then month by month. */
    async sign(
      changes: Parameters<typeof samplePlan>[0] = {},
      frozen: Parameters<typeof signPlan>[3] = {},
    ): Promise<Signed> {
      const customerId = await addCustomer(app)
      const plan = samplePlan({ start: day('2026-06-01'), signedOn: day('2026-06-01'), ...changes })
      return { customerId, contractId: await signPlan(app, customerId, plan, frozen) }
    },
    withdraw: (signed: Signed) => app.post(path(signed)),
    path,
    /** Books and pays in cash what is due by a day. */
    async pay({ customerId, contractId }: Signed, until: string) {
      const claims = await app.read(({ db }) => listContractClaims(db, contractId))
      const due = claims.filter(
        ({ dueDate, state, openAmount, payer }) =>
          state !== 'VOID' && payer === 'MEMBER' && openAmount > 0n && dueDate.toString() <= until,
      )
      const minor = due.reduce((sum, { openAmount }) => sum + openAmount, 0n)
      if (minor === 0n) return
      await app.write((work) =>
        bookPayment(work, {
          customerId,
          studioId: app.berlin.studioId,
          method: 'CASH',
          description: 'Paid',
          journalKey: `paid:${contractId}:${until}`,
          amount: { minor, currency: 'EUR' },
          claimIds: due.map(({ id }) => id),
        }),
      )
    },
    balance: ({ customerId }: Signed) =>
      app.read(async ({ db }) => formatAmount((await selectAccount(db, customerId)).balance)),
    async show({ customerId, contractId }: Signed) {
      const { body } = await app.get(`/v1/customers/${customerId}/contracts`)
      return body.find(({ id }: { id: number }) => id === contractId)
    },
    async row({ contractId }: Signed) {
      const [row] = await app.read(({ db }) => db.select().from(contracts).where(eq(contracts.id, contractId)))
      return row
    },
    /** The types of the events that a call sends. */
    async collectEvents(call: () => Promise<unknown>) {
      const known = (await listEvents(app)).length
      await call()
      return (await listEvents(app)).slice(known).map(({ type }) => type)
    },
    /** Sets what Berlin grants to those who take back what they have signed. */
    grant: (terms: Partial<Pick<typeof studios.$inferInsert, 'withdrawalDays' | 'withdrawalChargesUsedDays'>>) =>
      app.write(({ tx }) => tx.update(studios).set(terms).where(eq(studios.id, app.berlin.studioId))),
  }
}
