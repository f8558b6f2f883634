import type { CreationHook } from '../customers/index.ts'
import { badRequest } from '../platform/errors/errors.ts'

/**
 * A new customer may come with the token of a payment session. No session has been opened yet in this installation, so
 * every token is unknown; without a token the customer pays in cash.
 */
export const consumeInstrumentToken: CreationHook = async (_work, { paymentRequestToken }) => {
  if (paymentRequestToken !== undefined && paymentRequestToken.trim() !== '') {
    throw badRequest('errormessage.paymentToken.invalid', {
      args: [{ type: 'ENUM', value: 'UNKNOWN' }],
      reference: 'paymentRequestToken',
    })
  }
  return async () => undefined
}
