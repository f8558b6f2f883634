import { Type } from 'typebox'
import { choice, flag, id, int32, text } from '../../platform/api/schema.ts'
import { staffOperation } from '../../platform/staff/staff-operation.ts'
import { rejectionReasons } from '../../accounts/index.ts'

const tag = 'Money'
const optional = Type.Optional

const taken = {
  kind: choice(['RETURN', 'CHARGEBACK'], 'by the bank, or by the card scheme', { default: 'RETURN' }),
  reason: choice(rejectionReasons, 'why the money did not stay'),
  fee: optional(
    text('what the customer has to pay for it, for instance 5.00, or 0; left out: what the studio has set'),
  ),
  cost: optional(text('what the bank charges the studio for it, for instance 3.20')),
}

export const returnPayment = staffOperation({
  operationId: 'adminReturnPayment',
  method: 'POST',
  path: '/admin/v1/payments/{paymentId}/return',
  tag,
  summary:
    'record that a bank or card scheme took a payment back: what it settled is open again; a second time changes nothing',
  permissions: ['money.post'],
  params: Type.Object({ paymentId: id('The payment.') }),
  body: Type.Object(taken),
  answer: Type.Object({
    entryId: id('The entry of the journal.'),
    isNew: flag('False when the payment was returned before.'),
  }),
  cli: { name: 'payment return', arguments: ['paymentId', 'reason'] },
})

export const returnTopUp = staffOperation({
  operationId: 'adminReturnTopUp',
  method: 'POST',
  path: '/admin/v1/journal/{entryId}/return',
  tag,
  summary:
    'record that a bank or card scheme took the money of a top-up back: the customer owes it, the prepaid credit stays; a second time changes nothing',
  permissions: ['money.post'],
  params: Type.Object({ entryId: id('The entry of the top-up.') }),
  body: Type.Object(taken),
  answer: Type.Object({
    claimId: id('What the customer owes.'),
    entryId: id('The entry of the journal.'),
    isNew: flag('False when the top-up was returned before.'),
  }),
  cli: { name: 'payment return-top-up', arguments: ['entryId', 'reason'] },
})

export const restorePayment = staffOperation({
  operationId: 'adminRestorePayment',
  method: 'POST',
  path: '/admin/v1/payments/{paymentId}/restore',
  tag,
  summary: 'book a returned payment anew whose money came again, for instance after a dispute that the studio has won',
  permissions: ['money.post'],
  params: Type.Object({ paymentId: id('The payment that was returned.') }),
  answer: Type.Object({ paymentId: id('The new payment.') }),
  cli: { name: 'payment restore' },
})

export const configureReturns = staffOperation({
  operationId: 'adminConfigurePaymentReturns',
  method: 'PATCH',
  path: '/admin/v1/studios/{studioId}/payment-return-settings',
  tag,
  summary:
    'say what a returned payment costs customers of a studio, and how often it is collected again; what is left out stays',
  permissions: ['settings.edit'],
  params: Type.Object({ studioId: id('The studio.') }),
  body: Type.Object({
    fee: optional(text('what a customer pays for a return, for instance 5.00; 0: nothing')),
    retries: optional(
      int32('how often a claim is collected again from the account or card that has returned it, 0 to 9', {
        minimum: 0,
        maximum: 9,
      }),
    ),
  }),
  answer: Type.Object({
    fee: text('What a customer pays.'),
    currency: text('Its currency.'),
    retries: int32('How often a claim is collected again.'),
  }),
  cli: { name: 'payment configure-returns' },
})
