/** The ways in which customers can pay. */
export const paymentChoices = [
  'CASH',
  'BANK_TRANSFER',
  'BACS',
  'SEPA',
  'CH_DD',
  'LSV',
  'CREDIT_CARD',
  'TWINT',
  'PAYPAL',
  'BANCONTACT',
  'IDEAL',
] as const

export type PaymentChoice = (typeof paymentChoices)[number]
