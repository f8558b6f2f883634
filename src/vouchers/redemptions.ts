import type { ErrorCode } from '../platform/errors/error-code.ts'
import {
  addAccessMedium,
  admitPerson,
  expireMediums,
  lockCandidates,
  namesOfPerson,
  readPerson,
  type Sight,
} from '../customers/index.ts'
import { grantFreePass } from '../online-offers/index.ts'
import { badRequest, notFound, refuseFields } from '../platform/errors/errors.ts'
import type { Secrets } from '../platform/secrets.ts'
import type { UnitOfWork } from '../platform/units/work.ts'
import { dateIn, startOfDay } from '../platform/time/zoned-time.ts'
import { defined } from '../platform/values/defined.ts'
import { findStudio, type StudioRow } from '../studios/index.ts'
import { normaliseCode } from './code-rules.ts'
import { codeHashes, drawAccessCode, personHashes } from './codes.ts'
import {
  foldRedeemer,
  judgeHolder,
  judgeRedeemer,
  planOffer,
  type Redeemer,
  type RedemptionRefusal,
} from './redemption-rules.ts'
import {
  countRedeemed,
  findAccessCode,
  findVoucher,
  insertRedemption,
  listSpentCodes,
  lockHolder,
  takeRedemption,
  type VoucherRow,
} from './redemption-store.ts'

export interface Redemption extends Redeemer {
  readonly voucherCode: string
  /** One of the campaign's offers; left out: its default. */
  readonly onlineOfferId?: number
}

export interface RedemptionContext {
  readonly studioId: number
  /** Whom the integration sees in this studio; others are new to it. */
  readonly sight: Sight
  readonly secrets: Secrets
  /** Called when nobody has such a code here. */
  readonly onMiss: () => void
}

/**
 * Redeems a voucher for a pass and the code that opens the door, all or nothing. A person who has redeemed it before gets the
 * same code again. Equal people queue up before anything is read, the last redemption is taken by a condition.
 */
export async function redeemVoucher(work: UnitOfWork, wish: Redemption, context: RedemptionContext): Promise<string> {
  const { tx, now } = work
  const { studioId, secrets } = context
  const studio = await findStudio(tx, studioId)
  if (!studio) throw notFound('studio', studioId)
  const today = dateIn(now, studio.timeZone)
  const [first, ...more] = judgeRedeemer(wish, today)
  if (first) throw refuseFields([first, ...more])
  await lockRedeemer(work, wish, secrets)
  const voucher = await findVoucher(tx, studioId, codeHashes(secrets, normaliseCode(wish.voucherCode)))
  if (!voucher) {
    context.onMiss()
    throw notFound('checkinVoucher', wish.voucherCode)
  }
  const hashes = hashWishedCode(wish, secrets)
  const known = await findAccessCode(tx, voucher.voucherId, hashes)
  if (known) {
    work.concern(known.customerId)
    return known.code
  }
  const plan = planOffer(voucher, wish.onlineOfferId, today)
  if ('refusal' in plan) throw refuse(plan.refusal)
  const customerId = await chooseHolder(work, wish, { voucher, hashes, studio, today, context })
  if (!(await takeRedemption(tx, voucher.voucherId, now))) throw refuse('exhausted')
  return grant(work, { customerId, voucher, offerId: plan.offerId, personHash: hashes[0] as Buffer }, secrets)
}

const refusals: Readonly<Record<RedemptionRefusal | 'exhausted', ErrorCode>> = {
  inactive: 'errormessage.checkinVoucher.inactive',
  notYetValid: 'errormessage.checkinVoucher.notYetValid',
  expired: 'errormessage.checkinVoucher.expired',
  exhausted: 'errormessage.checkinVoucher.exhausted',
  offerMismatch: 'errormessage.checkinVoucher.offerMismatch',
  memberNotAllowed: 'errormessage.checkinVoucher.memberNotAllowed',
  personLimitReached: 'errormessage.checkinVoucher.personLimitReached',
}

const refuse = (reason: keyof typeof refusals) => badRequest(refusals[reason])

function hashWishedCode(wish: Redemption, secrets: Secrets): readonly Buffer[] {
  const { firstFold, lastFold, emailFold } = foldRedeemer(wish)
  return personHashes(secrets, [firstFold, lastFold, emailFold])
}

/** Every unit that enters a person with this address waits here, prospects too. */
async function lockRedeemer({ tx, caller }: UnitOfWork, wish: Redemption, secrets: Secrets) {
  const likeness = { firstName: wish.firstname, lastName: wish.lastname, email: wish.email, dateOfBirth: null }
  const names = namesOfPerson(likeness).map((name) => `${caller.tenantId} ${name}`)
  await lockCandidates(tx, secrets, names)
}

interface Holding {
  readonly voucher: VoucherRow
  readonly hashes: readonly Buffer[]
  readonly studio: StudioRow
  readonly today: Temporal.PlainDate
  readonly context: RedemptionContext
}

/** The customer whom the pass will belong to: known to the studio, or new. */
async function chooseHolder(
  work: UnitOfWork,
  wish: Redemption,
  { voucher, hashes, studio, today, context: { sight, secrets } }: Holding,
): Promise<number> {
  const holder = await lockHolder(work.tx, foldRedeemer(wish), { studioId: studio.id, sight })
  const redeemed = await countRedeemed(work.tx, voucher.campaignId, hashes)
  const refusal = judgeHolder(voucher, { membershipUntil: holder?.membershipUntil ?? null, redeemed }, today)
  if (refusal) throw refuse(refusal)
  if (holder) return holder.customerId
  const [languageCode = '', countryCode] = studio.languageTag.split('-')
  const person = readPerson({
    firstName: wish.firstname,
    lastName: wish.lastname,
    email: wish.email,
    language: { languageCode, ...defined({ countryCode }) },
  })
  return (await admitPerson(work, person, {}, { studio, source: 'VOUCHER', secrets, sight })).customerId
}

interface Grant {
  readonly customerId: number
  readonly voucher: VoucherRow
  readonly offerId: number
  readonly personHash: Buffer
}

/** The pass, and a code that counts until its last day is over where the pass counts. */
async function grant(work: UnitOfWork, { customerId, voucher, offerId, personHash }: Grant, secrets: Secrets) {
  const { tx, now } = work
  const { voucherId, passValidityValue: value, passValidityUnit: unit } = voucher
  const period = value === null || unit === null ? {} : { period: { value, unit } }
  const pass = await grantFreePass(work, { customerId, onlineOfferId: offerId, ...period })
  const studio = await findStudio(tx, pass.studioId)
  if (!studio) throw notFound('studio', pass.studioId)
  const code = drawAccessCode()
  const validUntil = startOfDay(pass.validTo.add({ days: 1 }), studio.timeZone)
  const accessMediumId = await addAccessMedium(work, customerId, { type: 'BARCODE', value: code, validUntil }, secrets)
  await insertRedemption(tx, { voucherId, customerId, personHash, passId: pass.passId, accessMediumId }, now)
  work.audit({
    action: 'checkinVoucher.redeemed',
    entityKind: 'checkinVoucher',
    entityId: voucherId,
    studioId: pass.studioId,
    diff: { customerId: [null, customerId], passId: [null, pass.passId] },
  })
  return code
}

/** When the last visit of a pass is over its code opens nothing any more; until then it lets its holder out. */
export async function endSpentCodes(work: UnitOfWork, passIds: readonly number[]) {
  await expireMediums(work, await listSpentCodes(work.tx, passIds))
}
