import { parseCardNumber } from './card-number-rules.ts'

export type MediumType = 'CARD_NUMBER' | 'PIN' | 'BARCODE' | 'WALLET_PASS'

/** Whether a medium of this kind can have the value. Cards are given in decimal digits here. */
export function isMediumValue(type: MediumType, value: string): boolean {
  switch (type) {
    case 'CARD_NUMBER':
      return /^\d+$/.test(value) && parseCardNumber(value, 'DECIMAL') !== undefined
    case 'PIN':
      return /^\d{4,12}$/.test(value)
    case 'BARCODE':
      return /^[\x21-\x7e]{1,64}$/.test(value)
    case 'WALLET_PASS':
      return /^[\x20-\x7e]{1,128}$/.test(value)
  }
}
