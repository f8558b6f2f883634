import { badRequest, refuseFields, violation } from '../../platform/errors/errors.ts'
import { insertFile } from '../../platform/files/files.ts'
import { dateIn } from '../../platform/time/zoned-time.ts'
import { readDrawing } from '../../platform/uploads/drawing.ts'
import type { UnitOfWork } from '../../platform/units/work.ts'
import { parseIban } from '../../platform/values/bank-numbers.ts'
import { findAccountPart, sealAccount, storedAccount, takesDebit } from '../instruments/bank-accounts.ts'
import { insertDraft } from '../instruments/instrument-store.ts'
import type { DirectDebit } from '../method-rules.ts'
import type { SessionRow } from '../sessions/session-store.ts'
import type { Authorisation } from './gateway-api.ts'
import type { Payer } from './gateway-door.ts'
import type { Gateway } from './payer-session.ts'

const LONGEST_HOLDER = 70

/**
 * Judges a bank account and the payer's agreement, and answers how to store them as a draft. A signature is stored as a file
 * before; without a row it is removed later.
 */
export async function draftMandate(
  { deps: { files, secrets } }: Gateway,
  payer: Payer,
  { bankAccount, mandateAccepted, signature, paymentMethod }: Authorisation,
) {
  const type = paymentMethod as DirectDebit
  if (!bankAccount) throw refuseFields([violation('bankAccount', 'required')])
  const { holder, iban } = bankAccount
  if (holder.length > LONGEST_HOLDER) {
    throw refuseFields([violation('bankAccount.holder', 'maxLength', { type: 'INTEGER', value: LONGEST_HOLDER })])
  }
  const account = parseIban(iban)
  if (!account || !takesDebit(account, type)) {
    throw refuseFields([violation('bankAccount.iban', 'format', { type: 'STRING', value: 'IBAN' })])
  }
  if (!mandateAccepted) throw badRequest('errormessage.payment.mandateMissing', { reference: 'mandateAccepted' })
  const drawing = signature === undefined ? undefined : readDrawing(signature, 'signature')
  const stored = drawing && (await files.write(payer.tenantId, [drawing], drawing.length))
  return async (work: UnitOfWork, session: SessionRow): Promise<number> => {
    if (session.requireSignature && !stored) throw refuseFields([violation('signature', 'required')])
    const file = { mime: 'image/svg+xml', originalName: 'signature.svg', ownerKind: 'signature' } as const
    const signatureFileId = stored ? (await insertFile(work, stored, file)).fileId : null
    const number = storedAccount(account, type)
    const sealed = sealAccount(secrets, number, findAccountPart(number))
    const signedOn = dateIn(work.now, payer.timeZone)
    const draft = { identity: session.identity, type, holder, signedOn, signatureFileId, ...sealed }
    return insertDraft(work.tx, draft, work.now)
  }
}
