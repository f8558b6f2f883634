import { friendlyFormatIBAN } from 'ibantools'
import { findStudioBooks } from '../../accounts/index.ts'
import { notFound } from '../../platform/errors/errors.ts'
import type { UnitOfWork } from '../../platform/units/work.ts'
import { findStudio } from '../../studios/index.ts'
import { mandateText } from '../gateway/mandate-text.ts'
import { findSettings } from '../settings-store.ts'
import { findHomeStudio, findInstrument } from './instrument-store.ts'
import type { PrintedMandate } from './mandate-html.ts'

/**
 * The mandate of a bank account with its whole number, in the language of the home studio, for staff who print it; that they
 * did is on record. Cards, and accounts that were forgotten, have none (404). Answers the file of the drawn signature as well.
 */
export async function takeMandate(work: UnitOfWork, instrumentId: number) {
  const row = await findInstrument(work.tx, instrumentId)
  if (!row?.accountEnc || row.mandateRef === null || row.customerId === null) {
    throw notFound('paymentInstrument', instrumentId)
  }
  const home = await findHomeStudio(work.tx, row.customerId)
  const studio = home && (await findStudio(work.tx, home.studioId))
  if (!studio) throw notFound('paymentInstrument', instrumentId)
  const [books, settings] = [await findStudioBooks(work.tx, studio.id), await findSettings(work.tx, studio.id)]
  const account = work.installation.secrets.open('field', row.accountEnc)
  const isBacs = row.type === 'BACS'
  const mandate: PrintedMandate = {
    language: studio.languageTag,
    creditor: books?.accountHolder ?? books?.name ?? studio.name,
    creditorId: settings?.creditorId ?? null,
    mandateRef: row.mandateRef,
    text: mandateText(settings, studio.languageTag),
    isOneOff: row.isOneOff,
    holder: row.holder ?? '',
    accountKind: isBacs ? 'BACS' : 'IBAN',
    account: isBacs ? account : (friendlyFormatIBAN(account) ?? account),
    bic: row.bic,
    bank: row.bank,
    signedOn: (row.signedOn ?? row.createdAt.toZonedDateTimeISO(studio.timeZone).toPlainDate()).toString(),
  }
  const diff = { customerId: [row.customerId, row.customerId] } as const
  const entity = { entityKind: 'paymentInstrument', entityId: instrumentId, studioId: studio.id, diff } as const
  work.audit({ action: 'paymentInstrument.mandatePrinted', ...entity })
  return { mandate, signatureFileId: row.signatureFileId }
}
