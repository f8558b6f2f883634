import { Type } from 'typebox'
import { choice, flag, id, int32, list, text } from '../platform/api/schema.ts'
import { staffOperation } from '../platform/staff/staff-operation.ts'
import { ecomMethods, memberMethods } from './method-rules.ts'

const tag = 'Money'
const optional = Type.Optional

export const configurePayments = staffOperation({
  operationId: 'adminConfigurePayments',
  method: 'PATCH',
  path: '/admin/v1/studios/{studioId}/payment-settings',
  tag,
  summary: 'say how people can pay in a studio; what is left out stays',
  permissions: ['settings.edit'],
  params: Type.Object({ studioId: id('The studio.') }),
  body: Type.Object({
    active: optional(flag('whether payments are possible at all')),
    memberMethods: optional(list(choice(memberMethods, 'A method.'), 'how memberships are paid')),
    ecomMethods: optional(list(choice(ecomMethods, 'A method.'), 'how single purchases are paid')),
    sessionMinutes: optional(int32('how long a payment session lasts, 5 to 1440', { minimum: 5, maximum: 1440 })),
    allowedOrigins: optional(
      list(text('Such as https://gym.example.'), 'origins of the pages that may talk to the payment gateway'),
    ),
    mandateText: optional(text('what payers agree to with a direct debit; empty: the text of the house')),
    creditorId: optional(text('the creditor identifier of direct debits; empty: none')),
  }),
  answer: Type.Object({ studioId: id('The studio.') }),
  cli: { name: 'payment configure' },
})

export const endInstrument = staffOperation({
  operationId: 'adminEndPaymentInstrument',
  method: 'POST',
  path: '/admin/v1/payment-instruments/{instrumentId}/end',
  tag,
  summary: 'put a bank account or card out of use; a customer who was charged by it pays in cash',
  permissions: ['money.post'],
  params: Type.Object({ instrumentId: id('The payment instrument.') }),
  answer: Type.Object({ instrumentId: id('The payment instrument.') }),
  cli: { name: 'payment end-instrument' },
})

export * from './returning/staff-return-api.ts'
export * from './runs/staff-run-api.ts'
