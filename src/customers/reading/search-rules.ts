import { apostrophes } from '../../platform/validation/apostrophes.ts'
import { characterCount } from '../../platform/validation/coerce.ts'

/** The last code point: everything that begins with b lies between b and b followed by it. */
const lastCharacter = '\u{10FFFF}'
const shortestName = 2

const letters: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
}
const transliterations: Readonly<Record<string, string>> = { ä: 'ae', ö: 'oe', ü: 'ue', å: 'aa', ø: 'oe' }

const anyApostrophe = new RegExp(`[${apostrophes}]`, 'g')
/** Joiners, marks of direction and everything else that nobody sees. */
const invisible = /[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu

/** A name as the search compares it: without case, accents, apostrophes, joiners and hyphens. */
export function fold(text: string): string {
  return text
    .replace(anyApostrophe, '')
    .replace(invisible, '')
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(/[ßæœøłđðþı]/g, (letter) => letters[letter] ?? letter)
    .replace(/\p{Pd}/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
}

/** The same with umlauts written out: Müller as `mueller`. */
export function foldTr(text: string): string {
  const composed = text.normalize('NFC').toLowerCase()
  return fold(composed.replace(/[äöüåø]/g, (letter) => transliterations[letter] ?? letter))
}

/** An e-mail address as the search compares it: whole, without case. */
export function foldEmail(email: string): string {
  return email.trim().normalize('NFC').toLowerCase()
}

export interface FoldedNames {
  readonly firstFold: string
  readonly firstFoldTr: string
  readonly lastFold: string
  readonly lastFoldTr: string
}

/** The search columns of a person; a second name follows the first after a space. */
export function foldNames(person: {
  readonly firstName: string
  readonly secondFirstName?: string | null | undefined
  readonly lastName: string
  readonly secondLastName?: string | null | undefined
}): FoldedNames {
  const first = [person.firstName, person.secondFirstName ?? ''].join(' ')
  const last = [person.lastName, person.secondLastName ?? ''].join(' ')
  return { firstFold: fold(first), firstFoldTr: foldTr(first), lastFold: fold(last), lastFoldTr: foldTr(last) }
}

export interface SearchCriteria {
  readonly firstName?: string | undefined
  readonly lastName?: string | undefined
  readonly email?: string | undefined
  readonly dateOfBirth?: string | undefined
}

/** A stretch of folded names: from `from` up to and without `until`. */
export interface PrefixRange {
  readonly from: string
  readonly until: string
}

/** A name matches when its fold lies in one of `plain` or its transliterated fold in `transliterated`. */
export interface NamePrefix {
  readonly plain: readonly PrefixRange[]
  readonly transliterated: PrefixRange
}

/** Criteria that must all match. */
export interface SearchPlan {
  readonly first?: NamePrefix
  readonly last?: NamePrefix
  readonly emailFold?: string
  readonly dateOfBirth?: string
}

/** What to search, or why the search is refused: nothing to search by, or too little of a name. */
export function planSearch(criteria: SearchCriteria): SearchPlan | 'CRITERIA_MISSING' | 'TOO_BROAD' {
  const [firstName, lastName, email, dateOfBirth] = [
    criteria.firstName,
    criteria.lastName,
    criteria.email,
    criteria.dateOfBirth,
  ].map((text) => text?.trim() || undefined)
  if (!firstName && !lastName && !email && !dateOfBirth) return 'CRITERIA_MISSING'
  const isNarrow = email !== undefined || dateOfBirth !== undefined
  const names = [firstName, lastName].filter((name) => name !== undefined)
  if (!isNarrow && names.some((name) => characterCount(fold(name)) < shortestName)) return 'TOO_BROAD'
  const [first, last] = [firstName && planPrefix(firstName), lastName && planPrefix(lastName)]
  return {
    ...(first ? { first } : {}),
    ...(last ? { last } : {}),
    ...(email ? { emailFold: foldEmail(email) } : {}),
    ...(dateOfBirth ? { dateOfBirth } : {}),
  }
}

/** Undefined for a name of nothing but marks, which every name begins with. */
function planPrefix(name: string): NamePrefix | undefined {
  const [plain, transliterated] = [fold(name), foldTr(name)]
  if (plain === '') return undefined
  const ranges = [...new Set([plain, transliterated])].map(prefixRange)
  return { plain: ranges, transliterated: prefixRange(plain) }
}

/** Everything that begins with this folded text. */
export function prefixRange(prefix: string): PrefixRange {
  return { from: prefix, until: prefix + lastCharacter }
}
