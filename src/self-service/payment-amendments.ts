import { formatActor } from '../platform/units/caller.ts'
import { ApiError, conflict, notFound, refuseFields, violation } from '../platform/errors/errors.ts'
import { insertFile } from '../platform/files/files.ts'
import type { StoredBytes } from '../platform/files/storage.ts'
import type { Secrets } from '../platform/secrets.ts'
import { dateIn } from '../platform/time/zoned-time.ts'
import type { PartnerWork, UnitOfWork } from '../platform/units/work.ts'
import { localSight, lockCustomers } from '../customers/index.ts'
import { type BankData, findBankData, installBankData } from '../payments/index.ts'
import { findStudio } from '../studios/index.ts'
import { type Amendment, findDataGroup, insertAmendment } from './amendment-store.ts'
import { settleAmendment, supersedePaymentData } from './amendments.ts'
import { differingFields, judgeBankData, readBankData, type WholeBankData } from './bank-data-checks.ts'

const KIND = 'PAYMENT_DATA'

export interface PaymentWish {
  readonly customerId: number
  readonly typed: WholeBankData
  /** The clean drawing where the customer has signed, and how it is stored, outside of the unit. */
  readonly signature: (() => Promise<StoredBytes>) | undefined
}

export interface PaymentWishAnswer {
  readonly id?: number
  readonly values: BankData
  readonly requireSignature: boolean
}

/**
 * Takes a customer's wish to be debited from another account: it comes true at once or waits for the staff, as the home
 * studio has configured. Bank data are stored sealed.
 */
export async function createPaymentAmendment(
  work: PartnerWork,
  { customerId, typed, signature }: PaymentWish,
  secrets: Secrets,
): Promise<PaymentWishAnswer> {
  const { requireSignature } = await findOpenPaymentData(work, customerId)
  if (requireSignature && !signature) throw refuseFields([violation('signature', 'required')])
  const values = readBankData(typed)
  const [first, ...more] = judgeBankData(values)
  if (first) throw refuseFields([first, ...more])
  await lockCustomers(work.tx, [customerId])
  // What decides is read again: while we waited for the lock, the studio or its configuration may have changed.
  const { customer, mode } = await findOpenPaymentData(work, customerId)
  const current = await findBankData(work.tx, secrets, customerId)
  const changedFields = differingFields(current, values)
  if (changedFields.length === 0) return { values: current, requireSignature }
  const stored = await signature?.()
  await supersedePaymentData(work, customerId)
  const status = mode === 'CHANGES_WITHOUT_VERIFICATION' ? 'APPLIED' : 'PENDING'
  const wish = {
    customerId,
    studioId: customer.studioId,
    status,
    base: current,
    proposed: values,
    changedFields,
  } as const
  const amendment = await storePaymentWish(work, wish, stored, secrets)
  if (status === 'APPLIED') await applyPayment(work, { ...amendment, ...wish, requestedAt: work.now }, secrets)
  return { id: amendment.id, values, requireSignature }
}

/** The payment data of a visible customer that may be changed; refuses (404, 403) all others. */
async function findOpenPaymentData(work: PartnerWork, customerId: number) {
  const found = await findDataGroup(work.tx, localSight(work), customerId, KIND)
  if (!found) throw notFound('customer', customerId)
  if (found.mode === 'READ') throw new ApiError(403, 'errormessage.selfService.readOnly')
  return found
}

interface StoredWish {
  readonly customerId: number
  readonly studioId: number
  readonly status: 'PENDING' | 'APPLIED'
  readonly base: BankData
  readonly proposed: WholeBankData
  readonly changedFields: readonly string[]
}

async function storePaymentWish(
  work: PartnerWork,
  { customerId, studioId, status, base, proposed, changedFields }: StoredWish,
  signature: StoredBytes | undefined,
  secrets: Secrets,
) {
  const { tx, now } = work
  const file = {
    mime: 'image/svg+xml',
    originalName: 'signature.svg',
    ownerKind: 'signature',
    ownerId: customerId,
  } as const
  const signatureFileId = signature ? (await insertFile(work, signature, file)).fileId : null
  const actor = formatActor(work.caller.actor)
  const seal = (data: BankData) => secrets.seal('field', JSON.stringify(data))
  const id = await insertAmendment(
    tx,
    {
      customerId,
      studioId,
      kind: KIND,
      status,
      baseEnc: seal(base),
      proposedEnc: seal(proposed),
      changedFields: [...changedFields],
      signatureFileId,
      requestedBy: actor,
      requestedAt: now,
      ...(status === 'APPLIED' ? { decidedAt: now, decidedBy: actor } : {}),
    },
    now,
  )
  const action = status === 'APPLIED' ? 'amendment.applied' : 'amendment.requested'
  const diff = { status: [null, status], fields: [null, changedFields] } as const
  work.audit({ action, entityKind: 'amendment', entityId: id, studioId, diff })
  return { id, signatureFileId }
}

export const openBankData = (secrets: Secrets, sealed: Buffer | null): BankData | undefined =>
  sealed === null ? undefined : (JSON.parse(secrets.open('field', sealed)) as BankData)

interface Applied extends Pick<Amendment, 'customerId' | 'studioId' | 'requestedAt' | 'signatureFileId'> {
  readonly proposed: WholeBankData
}

/** A new instrument with a mandate of the day of the wish takes the place of the one that was there. */
async function applyPayment(work: UnitOfWork, wish: Applied, secrets: Secrets) {
  const { customerId, studioId, requestedAt, signatureFileId, proposed } = wish
  const studio = await findStudio(work.tx, studioId)
  if (!studio) throw notFound('studio', studioId)
  const signedOn = dateIn(requestedAt, studio.timeZone)
  await installBankData(work, secrets, {
    customerId,
    ...proposed,
    currency: studio.currency,
    signedOn,
    signatureFileId,
  })
}

/** Lets a locked wish for other payment data come true; refused where the account has changed since, unless `force`. */
export async function acceptPayment(
  work: UnitOfWork,
  amendment: Amendment,
  { force, secrets }: { readonly force: boolean; readonly secrets: Secrets },
) {
  const proposed = openBankData(secrets, amendment.proposedEnc) as WholeBankData | undefined
  const base = openBankData(secrets, amendment.baseEnc)
  if (!proposed || !base) throw notFound('amendment', amendment.id)
  const current = await findBankData(work.tx, secrets, amendment.customerId)
  if (differingFields(base, current).length > 0 && !force) throw conflict('errormessage.amendment.conflict')
  await settleAmendment(work, amendment, { status: 'ACCEPTED' })
  await applyPayment(work, { ...amendment, proposed }, secrets)
}
