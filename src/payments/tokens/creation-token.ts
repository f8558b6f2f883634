import type { CreationHook } from '../../customers/index.ts'
import type { UnitOfWork } from '../../platform/units/work.ts'
import { consumeInstrument } from './consumption.ts'
import { checkPaymentToken } from './payment-tokens.ts'

/** A new customer may come with a token that says how to pay; without one the customer pays in cash. */
export const consumeInstrumentToken: CreationHook = async (work, { studioId, paymentRequestToken: token }) => {
  if (token === undefined || token.trim() === '') return async () => undefined
  const use = { token, reference: 'paymentRequestToken', purpose: 'INSTRUMENT', customerId: 'NEW' } as const
  const checked = await checkPaymentToken(work, use, usableStudios(work, studioId))
  return (customerId) => consumeInstrument(work, checked, customerId, { isNew: true })
}

/** Studios whose sessions a caller may use: for a partner all that its integration sees, else that of the operation. */
export function usableStudios({ caller }: UnitOfWork, studioId: number): readonly number[] {
  return 'visibleStudioIds' in caller ? (caller.visibleStudioIds as readonly number[]) : [studioId]
}
