/** Whether something is asked for: not at all, or answered if one likes, or always. */
export const fieldModes = ['INACTIVE', 'OPTIONAL', 'MANDATORY'] as const
export type FieldMode = (typeof fieldModes)[number]

/** What is asked for beyond names and e-mail address. */
export interface LeadModes {
  readonly addressMode: FieldMode
  readonly dateOfBirthMode: FieldMode
  readonly genderMode: FieldMode
  readonly telephoneMode: FieldMode
}

/** What counts in a studio whose staff have configured nothing. */
export const defaultModes: LeadModes = {
  addressMode: 'OPTIONAL',
  dateOfBirthMode: 'OPTIONAL',
  genderMode: 'OPTIONAL',
  telephoneMode: 'OPTIONAL',
}
