/** By what a prospect counts as known: the e-mail alone, or e-mail and names, for families that share an address. */
export const leadDuplicateRules = ['EMAIL', 'EMAIL_AND_NAME'] as const
