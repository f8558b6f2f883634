import { type Static, Type } from 'typebox'
import { personCodes } from '../customers/index.ts'
import { operation } from '../platform/api/operation.ts'
import { id, named, text, trimmed, typed } from '../platform/api/schema.ts'

const CheckinVoucherRedeem = named(
  'CheckinVoucherRedeem',
  Type.Object({
    voucherCode: typed(
      'The code; case, blanks, hyphens and other signs between its letters and digits do not matter.',
      'SPRNG-7KQ2-XM4T',
    ),
    firstname: trimmed('Given name.', 'Mara'),
    lastname: trimmed('Family name.', 'Lindner'),
    email: text('E-mail address.', { format: 'email', trim: true, examples: ['mara@mail.example'] }),
    onlineOfferId: Type.Optional(
      id('Which online offer of the campaign to take; left out: its usual one.', { examples: [1000000741] }),
    ),
  }),
)

const Redeemed = named(
  'OpenApiV1CheckinVoucherRedeemResultDto',
  Type.Object({
    studioAccessCode: text('What opens the door of the studio, for instance as a barcode.', { examples: ['K7WXPM4Q'] }),
  }),
)
export type CheckinVoucherRedeem = Static<typeof CheckinVoucherRedeem>

export const redeemCheckinVoucher = operation({
  operationId: 'redeemCheckinVoucher',
  method: 'POST',
  path: '/v1/checkin-vouchers/redeem',
  tag: 'Checkin vouchers',
  summary: 'Redeem a voucher for visits of the studio',
  description:
    'Makes the person a prospect of the studio, unless names and address are known there, and gives a pass with the ' +
    'visits of the online offer. Asking again for the same person answers with the same code. Many wrong codes close ' +
    'the key for some minutes.',
  scopes: ['CHECKIN_VOUCHER_WRITE'],
  emits: ['CUSTOMER_CREATED', 'ONLINE_OFFER_PURCHASED', 'CUSTOMER_ACCESS_MEDIUM_CREATED'],
  shed: 'CRITICAL',
  body: CheckinVoucherRedeem,
  response: Redeemed,
  errors: {
    400: [
      ...personCodes,
      'errormessage.checkinVoucher.exhausted',
      'errormessage.checkinVoucher.expired',
      'errormessage.checkinVoucher.inactive',
      'errormessage.checkinVoucher.memberNotAllowed',
      'errormessage.checkinVoucher.notYetValid',
      'errormessage.checkinVoucher.offerMismatch',
      'errormessage.checkinVoucher.personLimitReached',
    ],
    404: ['errormessage.checkinVoucher.notFound'],
  },
})
