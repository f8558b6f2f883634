import type { MakeCall } from './calls.ts'

/** A new person redeems the voucher of a full studio. */
export const voucherCalls: Readonly<Record<string, MakeCall>> = {
  redeemCheckinVoucher: ({ voucherCode, newcomer }) => ({
    body: {
      voucherCode,
      firstname: `${newcomer}Vera`,
      lastname: `${newcomer}Gast`,
      email: `${newcomer.toLowerCase()}vera@mail.example`,
    },
  }),
}
