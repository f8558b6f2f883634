import type { UnitOfWork } from '../../platform/units/work.ts'
import type { Account } from '../account-lock.ts'
import { settleAccount, storeAllocations } from '../allocation/allocation.ts'
import { least, storeMinor, sum } from '../amounts.ts'
import { insertCreditItem } from '../credits/credit-item-store.ts'
import { paymentBooked } from '../events.ts'
import { beginEntry, type NewEntry, writeLines } from '../journal/journal.ts'
import type { ClaimPart } from './agency-entries.ts'

interface AgencyPayment {
  /** What was paid for each claim. What is more than open of it is credit of the account. */
  readonly parts: readonly ClaimPart[]
  readonly description: string
  readonly key: string
}

/**
 * Books what an agency has collected as one payment, and answers its id. Each part settles its own claim, also while the
 * agency has it; the rest settles what else is open. The account is locked.
 */
export async function bookAgencyPayment(
  work: UnitOfWork,
  account: Account,
  { parts, description, key }: AgencyPayment,
): Promise<number> {
  const [first] = parts
  if (!first) throw new Error('There is nothing to book.')
  const { customerId, entityId, homeStudioId, currency } = account
  const { studioId } = first.claim
  const entry: NewEntry = { kind: 'PAYMENT', studioId, description, key }
  const { entryId, today } = await beginEntry(work, account, entry)
  const total = sum(parts.map(({ amount }) => amount))
  const item = { customerId, entityId, studioId, currency, entryId, valueDate: today } as const
  const paid = { kind: 'PAYMENT', method: 'AGENCY', amount: storeMinor(total, currency) } as const
  const paymentId = await insertCreditItem(work.tx, { ...item, ...paid }, work.now)
  await writeLines(work, account, { entryId, entry }, [
    { role: 'AGENCY_CLEARING', amount: total, creditItemId: paymentId },
    { role: 'RECEIVABLE', amount: -total, creditItemId: paymentId },
  ])
  const credit = { kind: 'ITEM', id: paymentId } as const
  const own = parts.flatMap(({ claim, amount }) => {
    const settled = least(amount, claim.openAmount)
    return settled > 0n ? [{ claimId: claim.id, credit, amount: settled }] : []
  })
  await storeAllocations(work, account, own)
  await settleAccount(work, account)
  work.emit(
    paymentBooked({ entityId: customerId, customerId, audienceStudioIds: [homeStudioId], content: { paymentId } }),
  )
  return paymentId
}
