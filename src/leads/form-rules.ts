/** Whether something is asked for: not at all, or answered if one likes, or always. */
export const fieldModes = ['INACTIVE', 'OPTIONAL', 'MANDATORY'] as const
