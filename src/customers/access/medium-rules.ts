import { parseCardNumber } from '../card-number-rules.ts'

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

const MOST_MEDIUMS = 20

/** What is known before a customer is given a medium. */
export interface MediumFacts {
  readonly customerId: number
  /** The integration that gives it; null = staff. */
  readonly ownerIntegrationId: number | null
  /** The customer who holds the value now, in the whole tenant. */
  readonly holder: { readonly customerId: number; readonly ownerIntegrationId: number | null } | undefined
  readonly activeMediums: number
}

/** A repeated call of an integration changes nothing; otherwise a value in use is refused, no matter who uses it. */
export function judgeNewMedium(facts: MediumFacts): 'NEW' | 'KNOWN' | 'VALUE_IN_USE' | 'LIMIT_REACHED' {
  const { customerId, ownerIntegrationId, holder, activeMediums } = facts
  if (holder) {
    const isOwn = ownerIntegrationId !== null && holder.ownerIntegrationId === ownerIntegrationId
    return isOwn && holder.customerId === customerId ? 'KNOWN' : 'VALUE_IN_USE'
  }
  return activeMediums >= MOST_MEDIUMS ? 'LIMIT_REACHED' : 'NEW'
}
