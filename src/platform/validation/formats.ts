import { parseDate, parseDateTime } from '../time/zoned-time.ts'
import { countryCodes, currencyCodes, languageCodes } from './iso-codes.ts'

/** A named shape of text. `name` is what the caller reads: "… is not a valid {name}". */
export interface TextFormat {
  readonly name: string
  readonly accepts: (text: string) => boolean
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
const localDateTime = /^\d{4}-\d{2}-\d{2}T([01]\d|2[0-3])(:[0-5]\d){1,2}(\.\d{1,9})?$/

/** What stands between the dots of a domain, in any script. */
const domainLabel = /^[\p{L}\p{M}\p{N}](?:[\p{L}\p{M}\p{N}-]*[\p{L}\p{M}\p{N}])?$/u

/**
 * One `@`, a dot in the domain, at most 254 characters; international names are allowed, brackets, quotes around it, lists
 * and the schemes of links are not.
 */
export function isEmail(text: string): boolean {
  if (text.length > 254 || /[\s\p{Cc}\p{Cf}<>()[\]\\,;:"]/u.test(text)) return false
  const [name, domain, ...more] = text.split('@')
  if (!name || !domain || more.length > 0) return false
  const labels = domain.split('.')
  return labels.length > 1 && labels.every((label) => domainLabel.test(label))
}

/** An absolute http or https address of at most 2048 characters. */
export function isWebUrl(text: string): boolean {
  return text.length <= 2048 && /^https?:\/\/[^\s\p{Cc}]+$/iu.test(text) && URL.canParse(text)
}

const url: TextFormat = { name: 'url', accepts: isWebUrl }
const textFormats: Readonly<Record<string, TextFormat>> = {
  date: { name: 'date', accepts: (text) => parseDate(text) !== undefined },
  'date-time': { name: 'date-time', accepts: (text) => parseDateTime(text) !== undefined },
  'local-date-time': { name: 'date-time', accepts: (text) => localDateTime.test(text) },
  time: { name: 'time', accepts: (text) => /^([01]\d|2[0-3])(:[0-5]\d){1,2}$/.test(text) },
  uuid: { name: 'uuid', accepts: (text) => uuid.test(text) },
  email: { name: 'email', accepts: isEmail },
  url,
  uri: url,
  'ISO 3166-1': { name: 'country', accepts: (text) => countryCodes.has(text) },
  'ISO 639-1': { name: 'language', accepts: (text) => languageCodes.has(text) },
  'ISO 4217': { name: 'currency', accepts: (text) => currencyCodes.has(text) },
}
/** Formats that describe text for readers of the documentation and refuse nothing. */
const silentFormats: ReadonlySet<string> = new Set(['binary', 'byte', 'password'])

/** The check behind a schema's `format`; an unknown name is a mistake in the declaration and fails loudly. */
export function textFormat(format: string): TextFormat | undefined {
  if (silentFormats.has(format)) return undefined
  const known = textFormats[format]
  if (known === undefined) throw new Error(`unknown text format in a schema: ${format}`)
  return known
}

/** Largest absolute value of a whole number: int64 is cut to what a JSON number carries exactly. */
export function isInRange(value: number, format: string | undefined): boolean {
  if (format === 'int32') return value >= -2_147_483_648 && value <= 2_147_483_647
  return Number.isSafeInteger(value)
}
