import type { Queryable } from '../platform/database/database.ts'

/** What modules above bring to the catalogue. */
export interface OfferHooks {
  /** Which of the terms were ever sold. */
  readonly listSoldTerms: (db: Queryable, termIds: readonly number[]) => Promise<readonly number[]>
}

let filled: OfferHooks | undefined

/** Called once, by the table of contents of the application. */
export function fillOfferHooks(hooks: OfferHooks) {
  if (filled) throw new Error('The hooks of membership offers are filled already.')
  filled = hooks
}

export function offerHooks(): OfferHooks {
  if (!filled) throw new Error('The hooks of membership offers are empty: import src/modules.ts first.')
  return filled
}
