import { fold, foldEmail } from '../reading/search-rules.ts'

/** What distinguishes people when a prospect is entered. */
export interface Likeness {
  readonly firstName: string
  readonly lastName: string
  readonly email: string | null
  readonly dateOfBirth: Temporal.PlainDate | null
}

/** Whether an e-mail address alone names one person; families that share one need the names as well. */
export type DuplicateRule = 'EMAIL' | 'EMAIL_AND_NAME'

/** Whether a prospect is one of these people already: by names and birth date, or by e-mail as the studio's rule says. */
export function isKnownPerson(person: Likeness, known: readonly Likeness[], rule: DuplicateRule): boolean {
  return known.some((other) => {
    const isNamesake =
      fold(other.firstName) === fold(person.firstName) && fold(other.lastName) === fold(person.lastName)
    const isBornThen = person.dateOfBirth !== null && other.dateOfBirth?.equals(person.dateOfBirth) === true
    const hasAddress = person.email !== null && foldEmail(other.email ?? '') === foldEmail(person.email)
    return (isNamesake && isBornThen) || (hasAddress && (rule === 'EMAIL' || isNamesake))
  })
}

/** The names under which equal prospects queue up: a person who would count as a duplicate shares one of them. */
export function namesOfPerson({ firstName, lastName, email, dateOfBirth }: Likeness): string[] {
  return [
    ...(email === null ? [] : [`email ${foldEmail(email)}`]),
    ...(dateOfBirth === null ? [] : [`born ${JSON.stringify([fold(firstName), fold(lastName), String(dateOfBirth)])}`]),
  ]
}
