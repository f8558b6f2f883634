import { extractIBAN } from 'ibantools'
import { type AccessLog, CustomerPresenter, listCustomersById, reachableSight } from '../customers/index.ts'
import type { Output } from '../platform/api/operation.ts'
import { badRequest } from '../platform/errors/errors.ts'
import type { ModuleDeps } from '../platform/module-deps.ts'
import type { PartnerView } from '../platform/units/work.ts'
import { nonNull } from '../platform/values/defined.ts'
import { type AccountType, planAccountSearch } from './instruments/account-numbers.ts'
import { type InstrumentRow, listInstrumentsByHash } from './instruments/instrument-store.ts'
import { searchCrossStudioCustomersByPaymentDetails as operation } from './search-api.ts'

const MOST_FOUND = 100
const STARS = '*'.repeat(12)

export interface AccountSearch {
  readonly type: AccountType
  readonly bankAccountNumber: string
  readonly cardNumberFormat: 'DECIMAL' | 'HEX_MSB' | 'HEX_LSB'
}

/** Customers of all studios that the key sees, by an account or card that they are charged by; each search is recorded. */
export async function searchByAccount(
  view: PartnerView,
  { type, bankAccountNumber, cardNumberFormat }: AccountSearch,
  deps: ModuleDeps,
  accessLog: AccessLog,
): Promise<Output<typeof operation>> {
  const plan = planAccountSearch(type, bankAccountNumber)
  if (plan === 'FULL_CARD_NUMBER') {
    throw badRequest('errormessage.paymentDetails.fullCardNumberNotAllowed', { reference: 'bankAccountNumber' })
  }
  if (plan === 'INVALID') {
    throw badRequest('errormessage.paymentDetails.accountNumberInvalid', { reference: 'bankAccountNumber' })
  }
  const hashes = deps.secrets.hashes('blind-index', plan.label)
  const instruments = await listInstrumentsByHash(view.db, { in: plan.in, hashes, type })
  const sight = reachableSight(view)
  const customerIds = [...new Set(instruments.flatMap(({ customerId }) => customerId ?? []))]
  const customers = new Map((await listCustomersById(view.db, sight, customerIds)).map((row) => [row.id, row]))
  const seen = instruments.flatMap((instrument) => {
    const customer = customers.get(instrument.customerId ?? 0)
    return customer ? [{ customer, instrument }] : []
  })
  if (seen.length > MOST_FOUND) view.setHeader('x-result-truncated', 'true')
  const presenter = new CustomerPresenter(view, deps, cardNumberFormat)
  return seen.slice(0, MOST_FOUND).map(({ customer: row, instrument }) => {
    accessLog.record(view, operation.operationId, row.id)
    return {
      customer: presenter.present({ ...row, bankAccount: null }),
      paymentDetails: presentDetails(instrument, type, deps),
    }
  })
}

function presentDetails(row: InstrumentRow, type: AccountType, { secrets }: Pick<ModuleDeps, 'secrets'>) {
  const common = { accountHolder: row.holder, bankName: row.bank, bic: row.bic }
  if (type === 'CREDIT_CARD') {
    return { type, ...nonNull({ ...common, bankAccountNumber: row.last4 && `${STARS}${row.last4}` }) }
  }
  const account = row.accountEnc ? secrets.open('field', row.accountEnc) : null
  return { type, ...nonNull({ ...common, ...splitAccount(account, type) }) }
}

/** An account as its country writes it: IBAN, sort code with account, routing number with account. */
function splitAccount(account: string | null, type: AccountType) {
  if (account === null) return {}
  if (type === 'ACH') {
    const [bankCode = null, bankAccountNumber = null] = account.split('/')
    return { bankCode, bankAccountNumber, bankCountryCode: 'US' }
  }
  if (type === 'BACS') {
    return { bankCode: account.slice(0, 6), bankAccountNumber: account.slice(6), bankCountryCode: 'GB' }
  }
  const { accountNumber = null, bankIdentifier = null, countryCode = null } = extractIBAN(account)
  return { iban: account, bankAccountNumber: accountNumber, bankCode: bankIdentifier, bankCountryCode: countryCode }
}
