import type { ProviderAnswer } from '../provider.ts'
import { isPayment, type OpenedAccount, type StripeIntent } from './stripe-intents.ts'
import { readInstrument, readReason } from './stripe-rules.ts'
import { defined } from '../../platform/values/defined.ts'

/** What the last attempt to pay with it has come to, if one has failed. */
export function findFailure(intent: StripeIntent) {
  return (isPayment(intent) ? intent.last_payment_error : intent.last_setup_error) ?? undefined
}

/** Whether a payer has tried in vain; one request is one attempt. */
export const hasFailed = (intent: StripeIntent) =>
  intent.status === 'requires_payment_method' && findFailure(intent) !== undefined

/** How a charge at Stripe stands, in the words of the port. */
export function toAnswer(intent: StripeIntent, account: OpenedAccount): ProviderAnswer {
  switch (intent.status) {
    case 'requires_capture':
    case 'succeeded': {
      const instrument = readInstrument(account.accountId, intent.payment_method, intent.customer)
      return { kind: 'AUTHORISED', ...defined({ instrument }) }
    }
    case 'canceled':
      return { kind: 'DECLINED', reason: readReason(findFailure(intent) ?? { code: 'card_declined' }) }
    case 'requires_payment_method':
      if (hasFailed(intent)) return { kind: 'DECLINED', reason: readReason(findFailure(intent) ?? {}) }
      return askPayer(intent, account)
    default:
      return askPayer(intent, account)
  }
}

function askPayer(intent: StripeIntent, { publishableKey }: OpenedAccount): ProviderAnswer {
  const { client_secret: clientSecret } = intent
  if (clientSecret === null) throw new Error(`${intent.id} has no client secret.`)
  const kind = isPayment(intent) ? ('PAYMENT' as const) : ('SETUP' as const)
  const action = { type: 'ELEMENTS', provider: 'STRIPE', publishableKey, clientSecret, intent: kind } as const
  return { kind: 'ACTION_REQUIRED', action }
}
