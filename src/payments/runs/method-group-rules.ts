import type { PaymentMethod } from '../../accounts/index.ts'
import type { methodGroups } from './run-tables.ts'

export type MethodGroup = (typeof methodGroups)[number]

/** Of bank accounts that are debited by a file; cards are charged by the provider. */
export const isBankGroup = (group: MethodGroup): group is Exclude<MethodGroup, 'CREDIT_CARD'> => group !== 'CREDIT_CARD'

/** The only currency in which a method collects; cards collect in that of the studio. */
export function groupCurrency(group: MethodGroup, studioCurrency: string): string {
  switch (group) {
    case 'SEPA':
      return 'EUR'
    case 'BACS':
      return 'GBP'
    case 'CH_DD':
    case 'LSV':
      return 'CHF'
    case 'CREDIT_CARD':
      return studioCurrency
  }
}

export const bookedMethod = (group: MethodGroup): Extract<PaymentMethod, 'DIRECT_DEBIT' | 'CREDIT_CARD'> =>
  isBankGroup(group) ? 'DIRECT_DEBIT' : 'CREDIT_CARD'
