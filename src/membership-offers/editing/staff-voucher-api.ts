import { Type } from 'typebox'
import { choice, date, flag, id, int32, list, text } from '../../platform/api/schema.ts'
import { staffOperation } from '../../platform/staff/staff-operation.ts'
import { membershipVouchers } from '../tables.ts'
import { documentOperations } from './document-operations.ts'
import { words } from './part-schemas.ts'
import { SwitchDocument } from './switches/switch-schemas.ts'
import { VoucherDocument } from './vouchers/voucher-schemas.ts'

const tag = 'Catalogue'
const write = ['offers.write'] as const
const optional = Type.Optional
const voucherParams = Type.Object({ voucherId: id('The voucher.') })
const maxRedemptions = int32('how often a code may be redeemed', { minimum: 0, default: 1 })

export const vouchers = documentOperations({
  name: 'MembershipVoucher',
  path: 'membership-vouchers',
  command: 'membership-voucher',
  key: 'voucherId',
  thing: 'a voucher of memberships',
  document: VoucherDocument,
  summary: Type.Object({
    id: id('The voucher.'),
    type: choice(membershipVouchers.type.enumValues, 'What it does.'),
    remarks: optional(text('What members read.')),
    redeemed: int32('How often it was redeemed.'),
    validTo: optional(date('Its last day.')),
  }),
})

export const switches = documentOperations({
  name: 'MembershipSwitchConfig',
  path: 'membership-switch-configs',
  command: 'membership-switch',
  key: 'configId',
  thing: 'a switch from one membership to another',
  document: SwitchDocument,
  summary: Type.Object({
    id: id('The switch.'),
    name: text('Its name.'),
    active: flag('Whether members may use it.'),
    hasImage: flag('Whether it has a picture.'),
  }),
})

export const saveCode = staffOperation({
  operationId: 'adminSaveMembershipVoucherCode',
  method: 'PUT',
  path: '/admin/v1/membership-vouchers/{voucherId}/codes',
  tag,
  summary: 'give a voucher a code, or say anew how often the code may be redeemed',
  permissions: write,
  params: voucherParams,
  body: Type.Object({
    code: text('at most 40 letters, digits and hyphens; upper and lower case are the same', {
      pattern: '^[\\p{L}\\d-]{1,40}$',
    }),
    maxRedemptions,
  }),
  answer: Type.Object({ codeId: id('The code.') }),
  cli: {
    name: 'membership-voucher code',
    arguments: ['voucherId', 'code'],
    options: { maxRedemptions: '--redemptions <n>' },
  },
})

export const drawCodes = staffOperation({
  operationId: 'adminDrawMembershipVoucherCodes',
  method: 'POST',
  path: '/admin/v1/membership-vouchers/{voucherId}/codes/draw',
  tag,
  summary: 'draw codes that nobody can guess, and print them',
  permissions: write,
  params: voucherParams,
  body: Type.Object({
    count: int32('how many', { minimum: 1, maximum: 10_000 }),
    maxRedemptions,
    prefix: optional(text('letters and digits that they begin with', { pattern: '^[A-Za-z0-9]{1,10}$' })),
  }),
  answer: Type.Object({ codes: list(text('A code.'), 'The codes.') }),
  cli: { name: 'membership-voucher draw', options: { maxRedemptions: '--redemptions <n>' } },
})

export const listCodes = staffOperation({
  operationId: 'adminListMembershipVoucherCodes',
  method: 'GET',
  path: '/admin/v1/membership-vouchers/{voucherId}/codes',
  tag,
  summary: 'list the codes of a voucher, and how often each was redeemed',
  permissions: ['offers.read'],
  params: voucherParams,
  answer: list(
    Type.Object({ code: text('The code.'), maxRedemptions, redeemed: int32('How often it was redeemed.') }),
    'The codes.',
  ),
  cli: { name: 'membership-voucher codes' },
})

const companyFields = {
  street: optional(text('with the number', { maxLength: 200 })),
  zipCode: optional(text('postcode', { maxLength: 20 })),
  city: optional(text('town', { maxLength: 200 })),
  countryCode: optional(text('ISO 3166-1, for instance DE', { format: 'ISO 3166-1' })),
}
const options = { countryCode: '--country <code>' }
const companyAnswer = Type.Object({ companyId: id('The company.') })

export const createCompany = staffOperation({
  operationId: 'adminCreateCompany',
  method: 'POST',
  path: '/admin/v1/companies',
  tag,
  summary: 'add a company that pays a part of memberships',
  permissions: write,
  body: Type.Object({ name: words('of the company'), ...companyFields }),
  answer: companyAnswer,
  cli: { name: 'company create', options },
})

export const updateCompany = staffOperation({
  operationId: 'adminUpdateCompany',
  method: 'PATCH',
  path: '/admin/v1/companies/{companyId}',
  tag,
  summary: 'change a company',
  permissions: write,
  params: Type.Object({ companyId: id('The company.') }),
  body: Type.Object({ name: optional(words('of the company')), ...companyFields }),
  answer: companyAnswer,
  cli: { name: 'company update', options },
})

export const listCompanies = staffOperation({
  operationId: 'adminListCompanies',
  method: 'GET',
  path: '/admin/v1/companies',
  tag,
  summary: 'list all of them',
  permissions: ['offers.read'],
  answer: list(Type.Object({ id: id('The company.'), name: text('Its name.'), ...companyFields }), 'All companies.'),
  cli: { name: 'company list' },
})
