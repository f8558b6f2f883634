/** How a membership can be paid. */
export const memberMethods = ['SEPA', 'BACS', 'CH_DD', 'LSV', 'CREDIT_CARD', 'CASH', 'BANK_TRANSFER'] as const
/** How a single purchase can be paid. */
export const ecomMethods = ['CREDIT_CARD', 'PAYPAL', 'TWINT', 'IDEAL', 'BANCONTACT'] as const
export const methods = [...memberMethods, 'PAYPAL', 'TWINT', 'IDEAL', 'BANCONTACT'] as const

export type Method = (typeof methods)[number]
export type Scope = 'MEMBER_ACCOUNT' | 'ECOM'

/** Methods that exist in one currency only. */
const currencies: Partial<Record<Method, string>> = {
  SEPA: 'EUR',
  IDEAL: 'EUR',
  BANCONTACT: 'EUR',
  BACS: 'GBP',
  CH_DD: 'CHF',
  LSV: 'CHF',
  TWINT: 'CHF',
}

export interface MethodWish {
  readonly scope: Scope
  /** Whether an amount is to be paid now. */
  readonly asksMoney: boolean
  readonly currency: string
  /** What the studio has switched on for the scope. */
  readonly enabled: readonly Method[]
  /** What the client limits it to; empty: no limit. */
  readonly permitted: readonly Method[]
}

/** What a session offers, in the order of the lists above. */
export function offerMethods({ scope, asksMoney, currency, enabled, permitted }: MethodWish): Method[] {
  return methods.filter(
    (method) =>
      suits(method, scope, asksMoney) &&
      enabled.includes(method) &&
      (currencies[method] ?? currency) === currency &&
      (permitted.length === 0 || permitted.includes(method)),
  )
}

/** A membership takes cards alone when an amount is due at once; a purchase without an amount can only store a card. */
function suits(method: Method, scope: Scope, asksMoney: boolean): boolean {
  if (scope === 'MEMBER_ACCOUNT') return asksMoney ? method === 'CREDIT_CARD' : isIn(memberMethods, method)
  return asksMoney ? isIn(ecomMethods, method) : method === 'CREDIT_CARD'
}

const isIn = (list: readonly Method[], method: Method) => list.includes(method)

/** Bank accounts that are debited by mandate. */
export const directDebits = ['SEPA', 'BACS', 'CH_DD', 'LSV'] as const
export type DirectDebit = (typeof directDebits)[number]

export const isDirectDebit = (method: Method): method is DirectDebit => isIn(directDebits, method)
/** Paid by hand: nothing is authorised, and there is no instrument. */
export const isByHand = (method: Method) => method === 'CASH' || method === 'BANK_TRANSFER'
