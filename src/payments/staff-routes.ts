import { lockCustomers } from '../customers/index.ts'
import { notFound } from '../platform/errors/errors.ts'
import type { StaffOperations } from '../platform/staff/staff-operations.ts'
import { nonNull } from '../platform/values/defined.ts'
import { formatAmount, readMoney } from '../platform/values/money.ts'
import { bankFileStaff } from './bank-files/staff-bank-file-routes.ts'
import { enterMandate } from './instruments/bank-data.ts'
import { installInstrument } from './instruments/instruments.ts'
import { listFailedPayments } from './payment-store.ts'
import { endInstrument } from './returning/returns.ts'
import { returnStaff } from './returning/staff-return-routes.ts'
import { prepareRefund } from './refunds.ts'
import { runStaff } from './runs/staff-run-routes.ts'
import { configurePayments } from './settings.ts'
import { connectStripe, showAccount } from './stripe/stripe-connecting.ts'
import { listDisputes } from './stripe/stripe-dispute-store.ts'
import * as api from './staff-api.ts'

/** Binds what staff do with payments and payment runs. */
export function paymentStaff(operations: StaffOperations) {
  runStaff(operations)
  operations.write(api.configurePayments, async (work, { params: { studioId }, body }) => {
    await configurePayments(work, studioId, body)
    return { studioId }
  })
  operations.writePrepared(api.connectStripe, ({ params, body }) => connectStripe({ ...params, ...body }))
  operations.read(api.showStripeAccount, (view, { params: { studioId } }) => showAccount(view, studioId))
  operations.read(api.listDisputes, async ({ db }, { body: { state } }) => ({
    disputes: (await listDisputes(db, state)).map(({ amount, currency, ...dispute }) => ({
      ...dispute,
      amount: formatAmount(readMoney(amount, currency, 'amount')),
      currency,
    })),
  }))
  operations.read(api.listFailedPayments, async ({ db }, { body: { studioId } }) => ({
    payments: (await listFailedPayments(db, studioId)).map(({ amount, currency, failedAt, reason, ...payment }) => ({
      ...payment,
      ...nonNull({ reason }),
      amount: formatAmount(readMoney(amount, currency, 'amount')),
      currency,
      failedAt: failedAt.toString(),
    })),
  }))
  operations.write(api.choosePayment, async (work, { params: { customerId }, body: { choice: method } }) => {
    const [locked] = await lockCustomers(work.tx, [customerId])
    if (locked === undefined) throw notFound('customer', customerId)
    await installInstrument(work, { customerId, method, instrumentId: null })
    return { customerId }
  })
  operations.writePrepared(api.refundPayment, ({ params, body }) => {
    const refund = prepareRefund({ ...params, ...body })
    return async (work) => ({ entryId: await refund(work) })
  })
  operations.write(api.endInstrument, async (work, { params: { instrumentId } }) => {
    await endInstrument(work, instrumentId)
    return { instrumentId }
  })
  operations.write(api.enterMandate, async (work, { params: { customerId }, body }) => {
    const { secrets } = work.installation
    return { instrumentId: await enterMandate(work, secrets, { ...body, customerId }) }
  })
  returnStaff(operations)
  bankFileStaff(operations)
}
