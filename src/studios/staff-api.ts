import { Type } from 'typebox'
import { flag, id, choice, text } from '../platform/api/schema.ts'
import { staffOperation } from '../platform/staff/staff-operation.ts'
import { leadDuplicateRules } from './lead-duplicate-rule.ts'

export const changeStudioSettings = staffOperation({
  operationId: 'adminChangeStudioSettings',
  method: 'PATCH',
  path: '/admin/v1/studios/{studioId}/settings',
  tag: 'Studios',
  summary: 'change how a studio treats new people and the data of its staff; what is left out stays',
  permissions: ['studio.write'],
  params: Type.Object({ studioId: id('The studio.') }),
  body: Type.Object({
    leadDuplicateRule: Type.Optional(
      choice(leadDuplicateRules, 'a prospect is known by the e-mail alone, or by e-mail and names: for families'),
    ),
    duplicateCheck: Type.Optional(flag('a second person with the same names, birth date and e-mail is refused')),
    taxIdStrict: Type.Optional(flag('tax ids need the right check characters, too')),
    customerNumberPattern: Type.Optional(
      text('form of new customer numbers, with {counter} and, if wanted, {studio}', { maxLength: 40 }),
    ),
    sharePrivateEmployeeData: Type.Optional(flag('partners get birth dates, addresses and phones of the staff')),
  }),
  answer: Type.Object({ studioId: id('The studio.') }),
  cli: {
    name: 'studio settings',
    options: {
      leadDuplicateRule: '--lead-duplicates <rule>',
      taxIdStrict: '--[no-]strict-tax-ids',
      customerNumberPattern: '--customer-numbers <pattern>',
      sharePrivateEmployeeData: '--[no-]share-staff-data',
    },
  },
})

export const changeTenantSettings = staffOperation({
  operationId: 'adminChangeTenantSettings',
  method: 'PATCH',
  path: '/admin/v1/settings',
  tag: 'Studios',
  summary: 'change what holds for the whole gym company; what is left out stays',
  permissions: ['studio.write'],
  body: Type.Object({
    accountBalanceSign: Type.Optional(
      choice(
        ['CUSTOMER', 'RECEIVABLE'],
        'how partners read balances: CUSTOMER below zero when the customer owes, RECEIVABLE above zero',
      ),
    ),
  }),
  answer: Type.Object({ tenantId: id('The gym company.') }),
  cli: { name: 'tenant settings', options: { accountBalanceSign: '--balance-sign <side>' } },
})
