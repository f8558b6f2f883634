import { defined } from '../../platform/values/defined.ts'
import type { Secrets } from '../../platform/secrets.ts'
import { lastDigits, openAccount } from '../instruments/bank-accounts.ts'
import type { InstrumentRow } from '../instruments/instrument-store.ts'
import { instrumentToken } from '../instruments/instrument-tokens.ts'

/** What a payer sees of an instrument: enough to know it again, and never its whole number. */
export function describeInstrument(row: InstrumentRow, secrets: Secrets) {
  const iban = openAccount(secrets, row)
  return {
    type: row.type,
    ...defined({
      holder: row.holder ?? undefined,
      brand: row.brand ?? undefined,
      last4: row.last4 ?? (iban === undefined ? undefined : lastDigits(iban)),
      expiry: row.expiry?.toPlainYearMonth().toString(),
      bic: row.bic ?? undefined,
      bankName: row.bank ?? undefined,
    }),
  }
}

export function presentInstrument(row: InstrumentRow, secrets: Secrets) {
  return { paymentInstrumentToken: instrumentToken(secrets, row.id), ...describeInstrument(row, secrets) }
}
