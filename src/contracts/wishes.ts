import type { Static } from 'typebox'
import type { Wish } from '../membership-offers/index.ts'
import { parseDate } from '../platform/time/zoned-time.ts'
import type { AddedContract } from './api-schemas.ts'

/** What a buyer wants, from the body of a preview or a signing. */
export function readWish(contract: Static<typeof AddedContract>): Wish {
  const { preuseDate, selectedSelectableModuleIds = [], selectedOptionalModuleIds = [] } = contract
  return {
    termId: contract.contractOfferTermId,
    startDate: readDate(contract.startDate),
    ...(preuseDate === undefined ? {} : { preuseDate: readDate(preuseDate) }),
    selectableIds: selectedSelectableModuleIds,
    optionalIds: selectedOptionalModuleIds,
  }
}

/** The declaration of the field lets only real days through. */
export function readDate(text: string): Temporal.PlainDate {
  const date = parseDate(text)
  if (!date) throw new Error('A date that was validated is none.')
  return date
}
