import { formatSentence } from '../../platform/errors/localisation.ts'
import type { PaymentSettings } from '../settings-store.ts'

/** What a payer agrees to with a direct debit: the words of the studio, else those of the house. */
export function mandateText(settings: PaymentSettings | undefined, language: string): string {
  return settings?.mandateText ?? formatSentence('pagetext.payment.mandate', language, [])
}
