import { Type } from 'typebox'
import { mandateFields } from '../../payments/index.ts'
import { choice, date, flag, id, list, text, typed } from '../../platform/api/schema.ts'
import { staffOperation } from '../../platform/staff/staff-operation.ts'
import { Sale } from './sold.ts'

const optional = Type.Optional

/** What staff say of every sale, by the names of the API. */
export const saleFields = {
  startDate: date('first day'),
  selectedSelectableModuleIds: optional(list(id('A module.'), 'selectable modules of the offer')),
  selectedOptionalModuleIds: optional(list(id('A module.'), 'modules of the term that cost something')),
  thirdPartyId: optional(text('the number of the contract elsewhere')),
  notes: optional(text('for the staff', { maxLength: 5000 })),
  paidBy: optional(
    choice(['CASH', 'BANK_TRANSFER', 'CREDIT_CARD'], 'how what is due now was paid; left out: it stays open'),
  ),
  reason: optional(text('why, for the audit log', { minLength: 1, maxLength: 200 })),
}
export const saleOptions = {
  startDate: '--start <date>',
  selectedSelectableModuleIds: '--selectable <ids>',
  selectedOptionalModuleIds: '--optional <ids>',
  paidBy: '--paid-by <method>',
  reason: '--reason <text>',
}

export const signContract = staffOperation({
  operationId: 'adminSignContract',
  method: 'POST',
  path: '/admin/v1/customers/{customerId}/contracts',
  tag: 'Contracts',
  summary: 'sign a contract for a customer; a dry run shows what it would cost',
  permissions: ['contracts.sell'],
  params: Type.Object({ customerId: id('The customer.') }),
  body: Type.Object({
    contractOfferTermId: id('the term of an offer of the home studio'),
    ...saleFields,
    preuseDate: optional(date('first day of use, where the offer allows use before the start')),
    voucherCode: optional(typed('a code that makes it cheaper')),
    referralCode: optional(typed('code of the member who recommended it')),
    employeeId: optional(id('who sold it')),
    mandate: optional(Type.Object(mandateFields)),
    paysBy: optional(
      choice(['CASH', 'BANK_TRANSFER'], 'how the customer pays from now on; left out, like a mandate: as before'),
    ),
    signedOnPaper: optional(flag('what has to be signed was signed on paper')),
  }),
  answer: Sale,
  cli: {
    name: 'contract sign',
    arguments: ['customerId', 'contractOfferTermId'],
    options: {
      ...saleOptions,
      preuseDate: '--use-from <date>',
      voucherCode: '--voucher <code>',
      referralCode: '--referral <code>',
      employeeId: '--employee <id>',
      'mandate.holder': '--holder <name>',
      'mandate.bank': '--bank <name>',
      'mandate.signed': '--mandate-signed <date>',
      'mandate.isOneOff': '--one-off',
      paysBy: '--pays-by <method>',
      signedOnPaper: '--signed-on-paper',
    },
  },
})
