import { getReadDeps } from '../customers/index.ts'
import type { Operations } from '../platform/http/operations.ts'
import type { ModuleDeps } from '../platform/module-deps.ts'
import { refuseFields, violation } from '../platform/errors/errors.ts'
import { changeInstrument, payIntoAccount } from './account-payments.ts'
import * as api from './api.ts'
import { searchCrossStudioCustomersByPaymentDetails } from './search-api.ts'
import { hostedPageUrl } from './page/page-address.ts'
import { searchByAccount } from './search.ts'
import { openSession } from './sessions/sessions.ts'

const LONGEST_REFERENCE = 255

/** Binds what partners do with payments. */
export function paymentRoutes({ read, write }: Operations, deps: ModuleDeps) {
  const { secrets } = deps
  const { accessLog } = getReadDeps(deps)
  read(searchCrossStudioCustomersByPaymentDetails, (view, { body: { cardNumberFormat = 'DECIMAL', ...search } }) =>
    searchByAccount(view, { ...search, cardNumberFormat }, deps, accessLog),
  )
  write(
    api.userSession,
    async (work, { body }) => {
      const { referenceText, customerId, finionPayCustomerId: identity } = body
      if (referenceText.length > LONGEST_REFERENCE) {
        throw refuseFields([violation('referenceText', 'maxLength', { type: 'INTEGER', value: LONGEST_REFERENCE })])
      }
      const session = await openSession(work, {
        scope: body.scope,
        amount: body.amount,
        referenceText,
        customerId,
        identity,
        permitted: body.permittedPaymentChoices ?? [],
        requireSignature: body.requireDirectDebitSignature ?? false,
        showExisting: body.showExistingPaymentInstruments ?? true,
      })
      return {
        token: session.token,
        tokenValidUntil: work.print.utcMicros(session.validUntil),
        finionPayCustomerId: session.identity,
        finionPayRegion: 'EU' as const,
        hostedPaymentPageUrl: hostedPageUrl(deps, session.token),
      }
    },
    { sealsAnswer: secrets },
  )
  write(api.bookCustomerPayment, async (work, { params: { customerId }, body }) => {
    const { paymentRequestToken: token, amount, debtClaimIds: claimIds = [] } = body
    const paymentId = await payIntoAccount(work, { customerId, token, amount, claimIds })
    work.setHeader('x-palestra-payment-id', String(paymentId))
  })
  write(api.updateCustomerPaymentInstrument, (work, { params: { customerId }, body }) =>
    changeInstrument(work, customerId, body.paymentRequestToken),
  )
}
