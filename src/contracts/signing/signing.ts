import { createHash } from 'node:crypto'
import { giveCredit, postSigningClaims } from '../../accounts/index.ts'
import { makeViewsOnce } from '../../customers/index.ts'
import { type Quote, redeemVoucher } from '../../membership-offers/index.ts'
import { consumeInstrument, consumePayment } from '../../payments/index.ts'
import type { PartnerWork } from '../../platform/units/work.ts'
import { readMoney } from '../../platform/values/money.ts'
import { finishChange } from '../changing/finish-change.ts'
import { orderDocument } from '../document/order-document.ts'
import { checkinStudiosUpdated, contractCreated, moduleCreated } from '../events.ts'
import type { FrozenTerms } from './frozen-terms.ts'
import type { CheckedTokens } from './payment-terms.ts'
import type { Drawing } from './signatures.ts'
import {
  insertCheckinStudios,
  insertConsents,
  insertContract,
  insertFirstPhase,
  insertSignatures,
  insertSubContracts,
  type NewContract,
  keyOfVoucherCredit,
} from './signing-store.ts'

/** What a customer signs, judged and complete. */
export interface Signing {
  readonly customerId: number
  /** The customer was created in this unit. */
  readonly isNewCustomer: boolean
  readonly homeStudioId: number
  /** The studio that sells. */
  readonly studioId: number
  readonly quote: Quote
  readonly terms: FrozenTerms
  readonly drawings: readonly Drawing[]
  readonly tokens: CheckedTokens
  /** What the request says besides. */
  readonly details: Pick<
    NewContract,
    'origin' | 'notes' | 'thirdPartyId' | 'employeeId' | 'referredByCustomerId' | 'switchedFromId'
  >
}

/**
 * Stores a contract with all that follows from it, in the unit that has judged it: its parts, signatures, the redemption of
 * its voucher, charges, what it entitles to, the payment of what is due now, and the credit of a voucher. Answers its id.
 */
export function signContract(work: PartnerWork, signing: Signing): Promise<number> {
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
export async function storeSigned(work: PartnerWork, signing: Signing): Promise<StoredContract> {
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
  await insertCheckinStudios(tx, contractId, terms.checkinStudioIds, now)
  const subIds = await insertSubContracts(tx, contractId, terms.subContracts, now)
  const moduleContractIds = subIds.filter((_id, at) => terms.subContracts[at]?.kind === 'MODULE')
  await insertSignatures(tx, contractId, drawings, now)
  await insertConsents(tx, contractId, terms.texts.map(hashText), now)
  if (quote.voucher) await redeemVoucher(work, quote.voucher, contractId)
  return { contractId, moduleContractIds }
}

/** What follows from a contract that was stored: charges, entitlements, status, events. */
export async function finishSigning(
  work: PartnerWork,
  signing: Signing,
  { contractId, moduleContractIds }: StoredContract,
) {
  const { customerId, isNewCustomer, quote } = signing
  const about = { entityId: customerId, customerId, audienceStudioIds: [signing.homeStudioId] }
  await finishChange(work, {
    contractId,
    action: 'contract.signed',
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

/** Books what is due now and lets the payment of the request settle it. The payment comes last, see `consumePayment`. */
export async function settleSigning(
  work: PartnerWork,
  contractId: number,
  { customerId, isNewCustomer, studioId, quote, terms, tokens }: Signing,
) {
  const { instrument, payment } = tokens
  if (instrument) await consumeInstrument(work, instrument, customerId, { isNew: isNewCustomer })
  await orderDocument(work, contractId, customerId)
  const claimIds = await postSigningClaims(work, { contractId, customerId })
  await giveVoucherCredit(work, contractId, { customerId, quote })
  if (!payment) return
  const description = terms.firstPhase.lineText ?? terms.firstPhase.rateName
  await consumePayment(work, payment, { customerId, studioId, claimIds, description })
}

/** A CREDIT voucher changes no price: its value is credit of the account. */
async function giveVoucherCredit(
  work: PartnerWork,
  contractId: number,
  { customerId, quote }: Pick<Signing, 'customerId' | 'quote'>,
) {
  const value = quote.voucher?.voucher.creditValue ?? null
  if (value === null) return
  const { id: studioId, currency } = work.caller.studio
  await giveCredit(work, {
    customerId,
    studioId,
    amount: readMoney(value, currency, 'creditValue'),
    description: quote.voucher?.code.code ?? '',
    journalKey: keyOfVoucherCredit(contractId),
  })
}
