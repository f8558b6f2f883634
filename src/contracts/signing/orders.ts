import type { Static } from 'typebox'
import { findEmployee } from '../../employees/index.ts'
import { type Buyer, makeQuote, type Quote, refuseVoucher } from '../../membership-offers/index.ts'
import { badRequest } from '../../platform/errors/errors.ts'
import type { ModuleDeps } from '../../platform/module-deps.ts'
import type { StudioWork } from '../../platform/units/work.ts'
import { defined } from '../../platform/values/defined.ts'
import type { AddedContract } from '../api-schemas.ts'
import { findReferrer } from '../buyer-store.ts'
import { readWish } from '../wishes.ts'
import { type FrozenTerms, freezeTerms } from './frozen-terms.ts'
import { type Drawing, judgeSignatures, readDrawings } from './signatures.ts'

export type ContractWish = Static<typeof AddedContract>

/** An order that may be signed, as far as the contract itself decides on that. */
export interface JudgedOrder {
  readonly quote: Quote
  readonly terms: FrozenTerms
  readonly drawings: readonly Drawing[]
  readonly referredByCustomerId: number | null
}

export interface AskedOrder {
  readonly wish: ContractWish
  readonly buyer: () => Promise<Buyer>
  /** Staff hold the signatures on paper: nothing has to be drawn. */
  readonly isSignedOnPaper?: boolean
}

/**
 * Judges an order in the sequence of the API, which previews share: term, days, modules, the buyer, age, then what only a
 * signing needs: employee, referral, voucher, signatures. The first rule that fails is the answer (400).
 */
export async function judgeOrder(
  work: StudioWork,
  { wish, buyer, isSignedOnPaper = false }: AskedOrder,
  deps: Pick<ModuleDeps, 'texts'>,
): Promise<JudgedOrder> {
  const { voucherCode, employeeId, referralCode } = wish
  const { quote, code } = await makeQuote(work, readWish(wish), { buyer, ...defined({ voucherCode }) })
  if (employeeId !== undefined && !(await findEmployee(work.tx, work.caller.studio.id, employeeId))) {
    throw badRequest('errormessage.membership.employeeNotFound', { reference: 'employeeId' })
  }
  const referredByCustomerId = await readReferrer(work, referralCode)
  if (code && !code.voucher) throw refuseVoucher()
  const terms = await freezeTerms(work, quote, deps)
  const drawings = readDrawings(wish)
  if (!isSignedOnPaper) judgeSignatures(drawings, { isRequired: quote.offer.signaturesRequired, texts: terms.texts })
  return { quote, terms, drawings, referredByCustomerId }
}

async function readReferrer(work: StudioWork, referralCode: string | undefined): Promise<number | null> {
  if (referralCode === undefined || referralCode.trim() === '') return null
  const customerId = await findReferrer(work.tx, { referralCode, studioId: work.caller.studio.id })
  if (customerId !== undefined) return customerId
  throw badRequest('errormessage.membership.referralCodeInvalid', { reference: 'referralCode' })
}
