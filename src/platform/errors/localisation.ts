import { readdirSync, readFileSync } from 'node:fs'
import { IntlMessageFormat } from 'intl-messageformat'
import { defined } from '../values/defined.ts'
import { formatArgument } from './argument-text.ts'
import type { ApiError, TypedArgument } from './errors.ts'

/** A tenant's own wording for a key in exactly this language or variant; undefined where it has none. */
export type TextOverrides = (code: string, language: string) => string | undefined

/** The body of every 4xx and 5xx answer. */
export interface ErrorBody {
  readonly errorMessage: string
  readonly errorCode: string
  readonly traceId: string
  readonly reference?: string
  readonly args?: readonly unknown[]
  readonly typedArgs?: readonly TypedArgument[]
  readonly violations?: readonly { reference: string; errorCode: string; errorMessage: string }[]
}

const catalogues = readCatalogues(new URL('../locales/', import.meta.url))

/** The tags that texts exist in, sorted: languages (`de`) and their variants (`de-CH`). */
export const supportedLanguages: readonly string[] = [...catalogues.keys()].sort()

const canonicalTags = new Map(supportedLanguages.map((tag) => [tag.toLowerCase(), tag]))

function readCatalogues(folder: URL): Map<string, Readonly<Record<string, string>>> {
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'))
  return new Map(files.map((name) => [name.slice(0, -5), JSON.parse(readFileSync(new URL(name, folder), 'utf8'))]))
}

/**
 * The language of an answer. An absent or malformed `Accept-Language` leaves the choice to the studio, then the
 * tenant; a header whose ranges all fail means English.
 */
export function chooseLanguage(header: string | undefined, studioTag?: string, tenantDefault?: string): string {
  const house = () => findSupported(studioTag ?? '') ?? findSupported(tenantDefault ?? '') ?? 'en'
  const ranges = parseAcceptLanguage(header ?? '')
  if (ranges === undefined) return house()
  for (const range of ranges) {
    const found = range === '*' ? house() : findSupported(range)
    if (found) return found
  }
  return 'en'
}

/** The variant itself, else its base language. Both other spellings of Norwegian are read as Bokmål. */
function findSupported(tag: string): string | undefined {
  const wanted = tag
    .toLowerCase()
    .replaceAll('_', '-')
    .replace(/^(no|nn)(?=-|$)/, 'nb')
  return canonicalTags.get(wanted) ?? canonicalTags.get(wanted.split('-')[0] ?? '')
}

const rangeWithWeight = /^(\*|[a-z]{1,8}(?:[-_][a-z0-9]{1,8})*)(?:[ \t]*;[ \t]*q=(0(?:\.\d{0,3})?|1(?:\.0{0,3})?))?$/i

/** Ranges by falling weight, those with weight 0 dropped; undefined if the header is empty or malformed. */
function parseAcceptLanguage(header: string): readonly string[] | undefined {
  const elements = header
    .split(',')
    .map((element) => element.trim())
    .filter((element) => element !== '')
  const matches = elements.map((element) => rangeWithWeight.exec(element))
  if (matches.length === 0 || matches.includes(null)) return undefined
  return matches
    .map((match) => ({ range: match?.[1] ?? '', weight: Number(match?.[2] ?? 1) }))
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight)
    .map(({ range }) => range)
}

/** Whether `code` is a key of the catalogue. */
export function hasText(code: string): boolean {
  return Object.hasOwn(catalogues.get('en') ?? {}, code)
}

/** The template of a key in exactly this language or variant. */
export function catalogueText(code: string, tag: string): string | undefined {
  const catalogue = catalogues.get(tag) ?? {}
  return Object.hasOwn(catalogue, code) ? catalogue[code] : undefined
}

/** How a supported tag is written: `de-CH` for `de_ch`. */
export function canonicalTag(text: string): string | undefined {
  return canonicalTags.get(text.toLowerCase().replaceAll('_', '-'))
}

interface Wording {
  /** Quoted by unexpected errors only. */
  readonly traceId?: string
  readonly overrides?: TextOverrides | undefined
}

/** The sentence for a key in a supported language, in the tenant's words where it has any. */
export function formatSentence(
  code: string,
  language: string,
  args: readonly TypedArgument[],
  wording: Wording = {},
): string {
  return formatText({ code, args }, language, wording)
}

/** The answer to a refused request. Arguments are repeated raw and typed; violations only where there are several. */
export function errorBody(error: ApiError, language: string, traceId: string, overrides?: TextOverrides): ErrorBody {
  const { args = [], reference, violations, more } = error.details
  const wording = { traceId, overrides }
  return {
    errorMessage: formatText({ code: error.code, args }, language, wording),
    errorCode: error.code,
    traceId,
    ...defined({ reference }),
    ...(args.length === 0 ? {} : { args: args.map((arg) => arg.value), typedArgs: args }),
    ...(violations === undefined || violations.length < 2
      ? {}
      : {
          violations: violations.map((violation) => ({
            reference: violation.reference,
            errorCode: violation.code,
            errorMessage: formatText(violation, language, wording),
          })),
        }),
    ...more,
  }
}

interface Message {
  readonly code: string
  readonly args: readonly TypedArgument[]
}

/** The first template that can be formatted, from the tenant's own wording for the variant down to plain English. */
function formatText({ code, args }: Message, language: string, { traceId = '', overrides }: Wording): string {
  // No template names more than two arguments; a forgotten one leaves a dash, not an answer without a sentence.
  const values: Record<string, string | number> = { 0: '–', 1: '–', count: countedBy(args), traceId }
  for (const [index, arg] of args.entries()) values[index] = argumentText(arg, { language, overrides })
  for (const tag of new Set([language, language.split('-')[0] ?? language, 'en'])) {
    for (const template of [overrides?.(code, tag), catalogues.get(tag)?.[code]]) {
      const text = template === undefined ? undefined : fillTemplate(template, tag, values)
      if (text) return text
    }
  }
  return code
}

/** By which number a text with plural forms is chosen: the first whole number that it is given. */
function countedBy(args: readonly TypedArgument[]): number {
  for (const arg of args) if (arg.type === 'INTEGER') return arg.value
  return 0
}

function argumentText(arg: TypedArgument, { language, overrides }: { language: string } & Wording): string {
  if (arg.type === 'I18N_KEY') return formatSentence(arg.value, language, [], { overrides })
  return formatArgument(arg, language)
}

const compiled = new Map<string, IntlMessageFormat>()
/** The whole catalogue, and as much again of tenants. */
const MAX_COMPILED = 10_000

/** Undefined for a template that does not parse or names an argument that is not there: a tenant may have typed it. */
function fillTemplate(template: string, tag: string, values: Record<string, string | number>): string | undefined {
  const key = `${tag} ${template}`
  try {
    if (compiled.size >= MAX_COMPILED) compiled.clear()
    const format = compiled.get(key) ?? new IntlMessageFormat(template, tag, undefined, { ignoreTag: true })
    compiled.set(key, format)
    return String(format.format(values))
  } catch {
    return undefined
  }
}
