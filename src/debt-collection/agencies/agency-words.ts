/** TRUST: the agency collects for the studio. PURCHASE: it buys the claims. */
export const collectionTypes = ['TRUST', 'PURCHASE'] as const

/** Who decides whether what is still open is given up: the agency with each closure, or nobody, as it always is. */
export const writeOffRules = ['BY_PARTNER', 'ALWAYS'] as const
