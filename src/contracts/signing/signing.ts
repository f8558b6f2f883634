import { createHash } from 'node:crypto'
import { makeViewsOnce } from '../../customers/index.ts'
import { redeemVoucher } from '../../membership-offers/index.ts'
import type { AuditEntry, StudioWork } from '../../platform/units/work.ts'
import { finishChange } from '../changing/finish-change.ts'
import { checkinStudiosUpdated, contractCreated, moduleCreated } from '../events.ts'
import type { FrozenTerms } from './frozen-terms.ts'
import { type Settlement, settleSigning } from './settling.ts'
import type { Drawing } from './signatures.ts'
import {
  insertCheckinStudios,
  insertConsents,
  insertContract,
  insertFirstPhase,
  insertSignatures,
  insertSubContracts,
  type NewContract,
} from './signing-store.ts'

/** What a customer signs, judged and complete. */
export interface Signing extends Settlement {
  readonly homeStudioId: number
  readonly terms: FrozenTerms
  readonly drawings: readonly Drawing[]
  /** What the request says besides. */
  readonly details: Pick<
    NewContract,
    'origin' | 'notes' | 'thirdPartyId' | 'employeeId' | 'referredByCustomerId' | 'switchedFromId'
  >
  /** What staff say of it, for the audit log. */
  readonly said?: NonNullable<AuditEntry['diff']>
}

/**
 * Stores a contract with all that follows from it, in the unit that has judged it: its parts, signatures, the redemption of
 * its voucher, charges, what it entitles to, the payment of what is due now, and the credit of a voucher. Answers its id.
 */
export function signContract(work: StudioWork, signing: Signing): Promise<number> {
  return makeViewsOnce(work.tx, signing.customerId, async () => {
    const signed = await storeSigned(work, signing)
    await finishSigning(work, signing, signed)
    await settleSigning(work, signed.contractId, signing)
    return signed.contractId
  })
}

/** A contract whose rows are stored. */
export interface StoredContract {
  readonly contractId: number
  readonly moduleContractIds: readonly number[]
}

/** The rows of a contract; nothing follows from them yet. */
export async function storeSigned(work: StudioWork, signing: Signing): Promise<StoredContract> {
  const { tx, now } = work
  const { customerId, studioId, quote, terms, details, drawings } = signing
  const { plan } = quote
  const contractId = await insertContract(
    tx,
    {
      ...details,
      customerId,
      studioId,
      offerTermId: quote.term.id,
      snapshot: terms.snapshot,
      signedAt: now,
      signingDate: plan.signedOn,
      preUseDate: plan.useFrom.equals(plan.start) ? null : plan.useFrom,
      startDate: plan.start,
      // Follows from the plan at the end of the unit.
      committedEnd: plan.start,
    },
    now,
  )
  const phase = { contractId, fromDate: plan.useFrom, rateId: terms.rateId, snapshot: terms.firstPhase }
  await insertFirstPhase(tx, phase, now)
  await insertCheckinStudios(tx, contractId, terms.checkinStudioIds ?? [null], now)
  const subIds = await insertSubContracts(tx, contractId, terms.subContracts, now)
  const moduleContractIds = subIds.filter((_id, at) => terms.subContracts[at]?.kind === 'MODULE')
  await insertSignatures(tx, contractId, drawings, now)
  await insertConsents(tx, contractId, terms.texts.map(hashText), now)
  if (quote.voucher) await redeemVoucher(work, quote.voucher, contractId)
  return { contractId, moduleContractIds }
}

/** What follows from a contract that was stored: charges, entitlements, status, events. */
export async function finishSigning(
  work: StudioWork,
  signing: Signing,
  { contractId, moduleContractIds }: StoredContract,
) {
  const { customerId, isNewCustomer, quote, said = {} } = signing
  const about = { entityId: customerId, customerId, audienceStudioIds: [signing.homeStudioId] }
  await finishChange(work, {
    contractId,
    action: 'contract.signed',
    diff: said,
    effectiveFrom: quote.plan.useFrom,
    event: contractCreated,
    moreEvents: [
      checkinStudiosUpdated({ ...about, content: { contractId } }),
      ...moduleContractIds.map((moduleContractId) =>
        moduleCreated({ ...about, content: { contractId, moduleContractId } }),
      ),
    ],
    isNewCustomer,
  })
}

function hashText({ textBlockId, title, text }: FrozenTerms['texts'][number]) {
  return { textBlockId, textHash: createHash('sha256').update(`${title}\n${text}`).digest() }
}
