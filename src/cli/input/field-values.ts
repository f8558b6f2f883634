import { InvalidArgumentError } from 'commander'
import type { TSchema } from 'typebox'
import { type Keywords, readKeywords } from '../../platform/validation/keywords.ts'
import { parseId, parseIds, parseInstant, parseList, parseWhole } from '../command.ts'
import { parseDate, parseTime } from './local-times.ts'
import { parseTerm } from './rule-options.ts'

type Parse = (text: string) => unknown

/** How the value of a field is written on the command line. What it may be is asked again where the field is declared. */
export function findParser(schema: TSchema): Parse {
  const keywords = readKeywords(schema)
  if (keywords.choices) return (text) => chooseOne(keywords, text)
  switch (keywords.type) {
    case 'array':
      return listParser(keywords.items)
    case 'integer':
      return keywords.format === 'int64' ? parseId : parseWhole
    case 'object':
      return parseTerm
    default:
      return textParser(keywords.format)
  }
}

/** The words among which a field chooses, as people write them. */
export function findChoices(schema: TSchema): string[] | undefined {
  return readKeywords(schema).choices?.map((choice) => String(choice).toLowerCase())
}

function chooseOne({ choices = [] }: Keywords, text: string) {
  const found = choices.find((choice) => String(choice).toUpperCase() === text.toUpperCase())
  if (found !== undefined) return found
  throw new InvalidArgumentError(`Allowed are ${choices.join(', ').toLowerCase()}.`)
}

function listParser(items: TSchema | undefined): Parse {
  const { type, choices } = items ? readKeywords(items) : {}
  if (choices) return (text) => parseList(text).map((part) => chooseByBeginning(choices.map(String), part))
  return type === 'integer' ? parseIds : parseList
}

/** `MO` for MONDAY: the first two letters are enough. */
function chooseByBeginning(choices: readonly string[], part: string) {
  const found = choices.find((choice) => part.length >= 2 && choice.startsWith(part.toUpperCase()))
  if (found !== undefined) return found
  throw new InvalidArgumentError(`Allowed are ${choices.join(', ').toLowerCase()}, or their first letters.`)
}

function textParser(format: string | undefined): Parse {
  if (format === 'date-time') return (text) => parseInstant(text).toString()
  if (format === 'date') return (text) => parseDate(text).toString()
  if (format === 'time') return (text) => parseTime(text).toString({ smallestUnit: 'second' })
  return (text) => text
}
