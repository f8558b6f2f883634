import { sql } from 'drizzle-orm'
import type { BankAccountPart } from '../customers/index.ts'
import { customers } from '../customers/tables.ts'
import { paymentInstruments } from './tables.ts'

/** Instruments behind which a bank account stands; only direct debits of the SEPA area carry an IBAN. */
const bankAccounts = sql`('SEPA', 'CH_DD', 'LSV', 'BACS', 'ACH')`
const withIban = sql`('SEPA', 'CH_DD', 'LSV')`

/** The account that payment runs debit, when that is a bank account: for a statement on `customers`. */
export const bankAccountOfCustomer = sql<BankAccountPart | null>`(
  select json_build_object(
    'holder', ${paymentInstruments.holder},
    'bank', ${paymentInstruments.bank},
    'bic', ${paymentInstruments.bic},
    'sealedIban', case when ${paymentInstruments.type} in ${withIban}
      then translate(encode(${paymentInstruments.accountEnc}, 'base64'), E'\\n', '') end)
  from ${paymentInstruments}
  where ${paymentInstruments.customerId} = ${customers.id}
    and ${paymentInstruments.isRunDefault} and ${paymentInstruments.state} = 'ACTIVE'
    and ${paymentInstruments.type} in ${bankAccounts})`
