import { Type } from 'typebox'
import { date, flag, id, int32, text, typed } from '../../platform/api/schema.ts'
import { staffOperation } from '../../platform/staff/staff-operation.ts'

const tag = 'Money'
const accounting = ['accounting.write'] as const
const optional = Type.Optional

const legalEntityParams = Type.Object({ legalEntityId: id('The legal entity.') })
const legalEntityAnswer = Type.Object({ legalEntityId: id('The legal entity.') })
const details = {
  fiscalYearStart: optional(int32('month in which its year begins', { minimum: 1, maximum: 12 })),
  overdraftLimit: optional(text('how far below zero prepaid credit may go, for instance 5.00')),
  legalForm: optional(text('for instance GmbH', { maxLength: 60 })),
  vatNumber: optional(text('for instance DE142156559', { maxLength: 30 })),
  deductsInputTax: optional(flag('whether it gets the tax back that it pays to others')),
  accountHolder: optional(text('of its bank account', { trim: true, maxLength: 120 })),
  iban: optional(typed('of its bank account')),
  bic: optional(typed('of its bank')),
  bankName: optional(text('its bank', { trim: true, maxLength: 120 })),
  datevConsultant: optional(text('number of the tax advisor with DATEV', { pattern: '^[1-9][0-9]{3,6}$' })),
  datevClient: optional(text('number of the legal entity with the tax advisor', { pattern: '^[1-9][0-9]{0,4}$' })),
  datevAccountLength: optional(int32('digits of the accounts of the books', { minimum: 4, maximum: 8 })),
}
const options = {
  fiscalYearStart: '--year-starts <month>',
  overdraftLimit: '--overdraft <amount>',
  legalForm: '--form <form>',
  vatNumber: '--vat <number>',
  deductsInputTax: '--[no-]input-tax',
  accountHolder: '--holder <name>',
  bankName: '--bank <name>',
}

export const createLegalEntity = staffOperation({
  operationId: 'adminCreateLegalEntity',
  method: 'POST',
  path: '/admin/v1/legal-entities',
  tag,
  summary: 'add a legal entity that keeps books of its own',
  permissions: accounting,
  body: Type.Object({
    name: text('of the legal entity'),
    countryCode: text('ISO 3166-1, for instance DE; says with which tax rates the books begin', {
      pattern: '^[A-Z]{2}$',
    }),
    currency: text('ISO 4217, for instance EUR', { pattern: '^[A-Z]{3}$' }),
    ...details,
  }),
  answer: legalEntityAnswer,
  cli: {
    name: 'legal-entity create',
    options: { ...options, countryCode: '--country <code>', currency: '--currency <code>' },
  },
})

export const updateLegalEntity = staffOperation({
  operationId: 'adminUpdateLegalEntity',
  method: 'PATCH',
  path: '/admin/v1/legal-entities/{legalEntityId}',
  tag,
  summary: 'change a legal entity',
  permissions: accounting,
  params: legalEntityParams,
  body: Type.Object({ name: optional(text('of the legal entity')), ...details }),
  answer: legalEntityAnswer,
  cli: { name: 'legal-entity update', options },
})

export const assignStudio = staffOperation({
  operationId: 'adminAssignStudioToLegalEntity',
  method: 'PUT',
  path: '/admin/v1/legal-entities/{legalEntityId}/studios/{studioId}',
  tag,
  summary: 'let a legal entity keep the books of a studio, from the next entry on',
  permissions: accounting,
  params: Type.Object({ legalEntityId: id('The legal entity.'), studioId: id('The studio.') }),
  answer: legalEntityAnswer,
  cli: { name: 'legal-entity assign-studio' },
})

export const createTaxCode = staffOperation({
  operationId: 'adminCreateTaxCode',
  method: 'POST',
  path: '/admin/v1/legal-entities/{legalEntityId}/tax-codes',
  tag,
  summary: 'add a tax code with its accounts',
  permissions: accounting,
  params: legalEntityParams,
  body: Type.Object({
    name: text('for instance SPORT'),
    rate: text('in percent, for instance 13'),
    validFrom: date('first day of the rate'),
    revenueNumber: text('number of its revenue account'),
    taxNumber: text('number of its tax account'),
  }),
  answer: Type.Object({ taxCodeId: id('The tax code.') }),
  cli: {
    name: 'legal-entity tax-code',
    options: { validFrom: '--from <date>', revenueNumber: '--revenue <number>', taxNumber: '--tax <number>' },
  },
})

export const setTaxRate = staffOperation({
  operationId: 'adminSetTaxRate',
  method: 'PUT',
  path: '/admin/v1/tax-codes/{taxCodeId}/rates',
  tag,
  summary: 'set the rate of a tax code from a day on',
  permissions: accounting,
  params: Type.Object({ taxCodeId: id('The tax code.') }),
  body: Type.Object({ rate: text('in percent, for instance 16'), validFrom: date('first day of the rate') }),
  answer: Type.Object({ taxCodeId: id('The tax code.') }),
  cli: { name: 'legal-entity tax-rate', options: { validFrom: '--from <date>' } },
})

export const setAccountNumber = staffOperation({
  operationId: 'adminSetAccountNumber',
  method: 'PUT',
  path: '/admin/v1/ledger-accounts/{accountId}/number',
  tag,
  summary: 'give an account of the books another number',
  permissions: accounting,
  params: Type.Object({ accountId: id('The account of the books.') }),
  body: Type.Object({
    number: text('at most 20 letters, digits, points and hyphens', { pattern: '^[0-9A-Za-z.-]{1,20}$' }),
  }),
  answer: Type.Object({ accountId: id('The account of the books.') }),
  cli: { name: 'legal-entity account-number', arguments: ['accountId', 'number'] },
})

export const setTaxKey = staffOperation({
  operationId: 'adminSetTaxKey',
  method: 'PUT',
  path: '/admin/v1/tax-codes/{taxCodeId}/tax-key',
  tag,
  summary: 'set the tax key that exports say; without one the account says the tax itself',
  permissions: accounting,
  params: Type.Object({ taxCodeId: id('The tax code.') }),
  body: Type.Object({ taxKey: optional(text('for instance 3; left out: none', { pattern: '^[0-9]{1,4}$' })) }),
  answer: Type.Object({ taxCodeId: id('The tax code.') }),
  cli: { name: 'legal-entity tax-key', options: { taxKey: '--key <key>' } },
})

export const closeDay = staffOperation({
  operationId: 'adminCloseDay',
  method: 'POST',
  path: '/admin/v1/studios/{studioId}/day-closes',
  tag,
  summary: 'close the booking days of a studio up to a day that is over',
  permissions: accounting,
  params: Type.Object({ studioId: id('The studio.') }),
  body: Type.Object({ day: date('last day that is closed') }),
  answer: Type.Object({ closed: int32('Days that were closed.') }),
  cli: { name: 'ledger close-days', arguments: ['studioId', 'day'] },
})
