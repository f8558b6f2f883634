import { nonNull } from '../platform/values/defined.ts'
import { amountNumber } from '../platform/values/money.ts'
import { readMinor } from './amounts.ts'
import type { BookingEntry, CustomerAccountBalance } from './api.ts'
import type { AccountRow, EntryRow } from './entry-store.ts'

function presentMoney(stored: string | null, currency: string, sign: 1n | -1n = 1n) {
  return { amount: amountNumber({ minor: sign * readMinor(stored ?? '0', currency), currency }), currency }
}

export function presentBalance(account: AccountRow): CustomerAccountBalance {
  const { sign, currency, balance, consumptionCredit, openCases, collectionHold, collectionStage, dunningLevel } =
    account
  const inDebtCollection = (openCases ?? 0) > 0 || collectionHold === true
  return {
    accountBalance: presentMoney(balance, currency, sign === 'RECEIVABLE' ? -1n : 1n),
    consumptionCredit: presentMoney(consumptionCredit, currency),
    ...nonNull({ dunningLevel: inDebtCollection ? (collectionStage ?? dunningLevel) : dunningLevel }),
    inDebtCollection,
  }
}

export function presentEntry(entry: EntryRow): BookingEntry {
  const { id, dueDate, description, amount, openAmount, currency, inInstallmentPlan, chargeType } = entry
  return {
    id,
    dueDate: dueDate.toString(),
    description,
    amount: presentMoney(amount, currency),
    openAmount: presentMoney(openAmount, currency),
    installmentPlan: inInstallmentPlan,
    chargeType,
    ...nonNull({
      paidPeriodFrom: entry.serviceFrom?.toString(),
      paidPeriodTo: entry.serviceTo?.toString(),
    }),
  }
}
