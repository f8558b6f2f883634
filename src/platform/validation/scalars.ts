import type { TypedArgument } from '../errors/errors.ts'
import { characterCount, notOfType, readBoolean, readNumber, readText } from './coerce.ts'
import { type Check, refuseType, type Run } from './run.ts'
import { isInRange, textFormat } from './formats.ts'
import type { Keywords } from './keywords.ts'
import { cleanPasted, onOneLine, plainSigns, showsNothing } from './pasted-text.ts'

/**
 * Control characters other than tab and the ends of lines, which are LF or, from Windows and web forms, CR LF; no text
 * column could hold the first of them at all.
 */
const controlCharacters = /[^\P{Cc}\n\r\t]|\r(?!\n)/u

type Choice = string | number | boolean

/** A refused value is quoted in the answer, but not a megabyte of it. */
function quote(text: string): TypedArgument {
  return { type: 'STRING', value: text.length > 200 ? `${text.slice(0, 200)}…` : text }
}

function choiceText(choice: Choice): string {
  return typeof choice === 'string' ? choice : JSON.stringify(choice)
}

function readAs(kind: string, value: unknown): Choice | typeof notOfType {
  if (kind === 'string') return readText(value)
  return kind === 'number' ? readNumber(value) : readBoolean(value)
}

const readAliases = ({ aliases = {} }: Keywords): ReadonlyMap<string, string> => new Map(Object.entries(aliases))

/** One of a list of constants of the same kind. */
export function compileChoice(schema: Keywords, choices: readonly Choice[]): Check {
  const kind = typeof choices[0]
  const known: ReadonlySet<unknown> = new Set(choices)
  const names = choices.map(choiceText)
  const aliases = readAliases(schema)
  return (value, path, run) => {
    const read = readAs(kind, value)
    if (read === notOfType) return refuseType(run, path, schema.type ?? kind)
    const sent = typeof read === 'string' && schema.trim ? cleanPasted(read.slice(0, LONGEST_NAME)) : read
    const choice = typeof sent === 'string' ? (aliases.get(sent) ?? sent) : sent
    if (known.has(choice)) return choice
    return run.refuse(path, 'enum', quote(choiceText(choice)), { type: 'ENUM', value: names })
  }
}

/** Free text is missing where nothing of it can be seen; what has a form is judged by that. */
export const mustShow = ({ verbatim, pattern, format }: Keywords) =>
  !verbatim && pattern === undefined && format === undefined

export function compileText(schema: Keywords): Check {
  const format = schema.format === undefined ? undefined : textFormat(schema.format)
  const pattern = schema.pattern === undefined ? undefined : new RegExp(schema.pattern, 'u')
  const longest = longestText(schema)
  const aliases = readAliases(schema)
  return (value, path, run) => {
    const isRequired = run.isRequired
    const read = readText(value)
    if (read === notOfType) return refuseType(run, path, 'string')
    const sent = schema.trim ? read.trim() : read
    // Before anything walks over it: some characters become eighteen when they are normalised.
    if (sent.length > longest * UNITS_PER_CHARACTER) return run.refuseBound(path, 'maxLength', longest)
    const seen = schema.trim ? onOneLine(sent) : sent
    const clean = schema.plain ? plainSigns(seen) : seen
    const text = aliases.get(clean) ?? clean
    const isMissing = schema.trim ? text === '' : mustShow(schema) && showsNothing(text)
    if (isRequired && isMissing) {
      return run.refuse(path, 'required', { type: 'STRING', value: path })
    }
    if (format !== undefined && !format.accepts(text)) {
      // By its name: the value may be a person's date of birth or address.
      run.refuse(path, 'format', { type: 'STRING', value: path }, { type: 'STRING', value: format.name })
    }
    const isUnprintable = schema.verbatim !== true && controlCharacters.test(text)
    if (isUnprintable || pattern?.test(text) === false) {
      run.refuse(path, 'pattern', { type: 'STRING', value: path })
    }
    checkLength(text, { least: schema.minLength ?? 0, most: longest }, path, run)
    return text
  }
}

/** Text of a name, contact or address field, in characters, where its schema says nothing else. */
const LONGEST_NAME = 1000
/** Any other text. */
const LONGEST_TEXT = 10_000
/** A character has up to two units of UTF-16, and may be sent as a letter and the marks on it. */
const UNITS_PER_CHARACTER = 4

/** The greatest length of a text, in characters: every text has one. */
export function longestText({ maxLength, trim }: Pick<Keywords, 'maxLength' | 'trim'>): number {
  return maxLength ?? (trim ? LONGEST_NAME : LONGEST_TEXT)
}

function checkLength(text: string, { least, most }: { least: number; most: number }, path: string, run: Run): void {
  if (text.length >= least * UNITS_PER_CHARACTER && text.length <= most) return
  const length = characterCount(text)
  if (length < least) run.refuseBound(path, 'minLength', least)
  if (length > most) run.refuseBound(path, 'maxLength', most)
}

export function compileNumber(schema: Keywords): Check {
  const isInteger = schema.type === 'integer'
  const { minimum = Number.NEGATIVE_INFINITY, maximum = Number.POSITIVE_INFINITY } = schema
  return (value, path, run) => {
    const read = readNumber(value)
    if (read === notOfType || (isInteger && !Number.isInteger(read))) {
      return refuseType(run, path, isInteger ? 'integer' : 'number')
    }
    if (isInteger && !isInRange(read, schema.format)) return refuseType(run, path, schema.format ?? 'integer')
    if (read < minimum) run.refuseBound(path, 'min', minimum)
    if (read > maximum) run.refuseBound(path, 'max', maximum)
    return read
  }
}

export function compileBoolean(): Check {
  return (value, path, run) => {
    const read = readBoolean(value)
    return read === notOfType ? refuseType(run, path, 'boolean') : read
  }
}
