import { randomBytes } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { chargeCustomer } from '../../../src/accounts/index.ts'
import { customerAccounts, debtClaims } from '../../../src/accounts/tables.ts'
import { customers } from '../../../src/customers/customer-table.ts'
import { blockForStudio, confirmTransfer, createAgencyContract, handOver } from '../../../src/debt-collection/index.ts'
import { collectionCases } from '../../../src/debt-collection/tables.ts'
import type { Platform } from '../../../src/platform/platform.ts'
import type { UnitOfWork } from '../../../src/platform/units/work.ts'
import type { TestStudio } from '../scenes/world.ts'
import { memberRow } from './full-members.ts'

/** What calls may name of debts that an agency collects. */
export interface CollectionContents {
  readonly debtorCustomerId: number
  readonly debtorId: string
  /** Waits for the agency to confirm it. */
  readonly waitingRunId: number
  readonly collectionCaseId: string
  readonly debtId: string
}

/** A debtor with two debts: the agency of the studio has one of them, and the other one waits for it. */
export async function insertFullCollection(
  platform: Platform,
  studio: TestStudio,
  { mark, customerId }: { readonly mark: string; readonly customerId: number },
): Promise<CollectionContents> {
  const { studioId, integrationId, tenantId } = studio
  const caller = { actor: { kind: 'CLI', id: null }, tenantId, traceId: randomBytes(16).toString('hex') } as const
  const write = <T>(work: (unit: UnitOfWork) => Promise<T>) => platform.units.write(caller, work)
  const [taken, waiting] = await write(async (work) => {
    await work.tx.insert(customers).values(memberRow(studioId, mark, customerId))
    const agreed = {
      type: 'TRUST',
      onClosure: 'BY_PARTNER',
      onRejection: 'BY_PARTNER',
      stageName: `${mark}stage`,
    } as const
    const rules = { allowCaseUpdates: true, minTotal: '0', minOverdueDays: 0, restrictAccess: false }
    await createAgencyContract(work, { studioId, integrationId, ...agreed, ...rules })
    const charge = { customerId, studioId, amount: { minor: 2000n, currency: 'EUR' }, description: `${mark}fee` }
    const late = { kind: 'DEBT_CLAIM', chargeType: 'MEMBERSHIP_CHARGE', dueOn: dayBefore(work) } as const
    const claims: number[] = []
    for (const n of [1, 2]) {
      claims.push(await chargeCustomer(work, { ...charge, ...late, journalKey: `full:${customerId}:${n}` }))
    }
    // Numbers of debtors count up from the same one in every tenant: the same number in two would hide a leak.
    await work.tx
      .update(customerAccounts)
      .set({ debtorId: String(customerId) })
      .where(eq(customerAccounts.customerId, customerId))
    return claims
  })
  if (!taken || !waiting) throw new Error('The debts are not there.')
  const hand = (claimId: number) =>
    write((work) => handOver(work, { studioId, customerId, claimIds: [claimId], origin: 'INDIVIDUAL_HANDOVER' }))
  const takenRunId = await hand(taken)
  await write((work) => confirmTransfer(work, { studioId, integrationId }, takenRunId))
  const waitingRunId = await hand(waiting)
  await write(async (work) => {
    await blockForStudio(work, { customerId, reason: `${mark}reason` })
    await blockForStudio(work, { customerId, claimId: taken, reason: `${mark}reason` })
  })
  return platform.units.read(caller, async ({ db }) => {
    const [found] = await db.select().from(collectionCases).where(eq(collectionCases.runId, takenRunId))
    const [claim] = await db.select().from(debtClaims).where(eq(debtClaims.id, taken))
    const [account] = await db.select().from(customerAccounts).where(eq(customerAccounts.customerId, customerId))
    return {
      debtorCustomerId: customerId,
      debtorId: account?.debtorId ?? '',
      waitingRunId,
      collectionCaseId: found?.uuid ?? '',
      debtId: claim?.debtUuid ?? '',
    }
  })
}

const dayBefore = ({ now }: UnitOfWork) => now.toZonedDateTimeISO('UTC').toPlainDate().subtract({ days: 60 })
