import { brokenConstraint, sqlState } from '../platform/database/database.ts'
import { type ExitCode, exitCode } from './exit-codes.ts'

/** What a command was given, by the names of its arguments and options. */
export type GivenValues = Readonly<Record<string, unknown>>

interface Violation {
  readonly exit: ExitCode
  readonly message: string
}

interface Broken {
  readonly constraint: string
  readonly table: string
  readonly column: string | undefined
  readonly detail: string
  readonly isRemoval: boolean
  readonly given: GivenValues
}

/**
 * Says in a sentence what a constraint of the database refused, without the constraint's name. It knows tables and columns
 * from that name, `<table>_<column>_fk`, because behind row-level security PostgreSQL returns no values; the ids it takes from
 * what the command was given. Undefined for any other error.
 */
export function explainViolation(error: unknown, given: GivenValues): Violation | undefined {
  const broken = readBroken(error, given)
  switch (sqlState(error)) {
    case '23505':
      return { exit: exitCode.conflict, message: describeDuplicate(broken) }
    case '23503':
      return describeReference(broken)
    case '23P01':
      return { exit: exitCode.conflict, message: `This overlaps with another ${nameRow(broken.table)}.` }
    case '23502':
      return { exit: exitCode.usage, message: `${describeColumn(broken)} is missing.` }
    case '23514':
      return { exit: exitCode.usage, message: describeRefusedValue(broken) }
    case '22003':
      return { exit: exitCode.usage, message: 'A number is too large or too small.' }
    case '22P02':
    case '22P05':
    case '22007':
    case '22008':
    case '22021':
      return { exit: exitCode.usage, message: 'A value is not written as it has to be.' }
    case '23000':
    case '23001':
      return { exit: exitCode.conflict, message: 'This is kept as it was written and cannot be changed.' }
    default:
      return undefined
  }
}

function readBroken(error: unknown, given: GivenValues): Broken {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  const { table, column, detail = '' } = (cause ?? {}) as { table?: string; column?: string; detail?: string }
  const { query = '' } = (error ?? {}) as { query?: string }
  const isRemoval = /^\s*delete\b/i.test(query)
  return { constraint: brokenConstraint(error) ?? '', table: table ?? '', column, detail, isRemoval, given }
}

function describeDuplicate({ constraint, table }: Broken): string {
  const row = nameRow(table)
  const [, columns] = /^(\w+)_unique$/.exec(withoutTable(constraint, table)) ?? []
  const names = /_pk(ey)?$/.test(constraint) ? 'id' : columns?.replace(/_(hash|norm|fold|sha256|enc)$/, '')
  if (names === undefined) return `Such ${withArticle(row)} exists already.`
  return `${upperFirst(withArticle(row))} with this ${toWords(names)} exists already.`
}

function describeReference({ constraint, table, detail, isRemoval, given }: Broken): Violation {
  const row = nameRow(table)
  if (isRemoval) {
    return { exit: exitCode.conflict, message: `This is still used by ${withArticle(row)}.` }
  }
  const column = withoutTable(constraint, table).replace(/_fk$/, '')
  // The last word in quotes, which are others in other languages, is the table that was read.
  const [, target] = /["'„«»“]([a-z_]+)["'“”«»]\D*$/.exec(detail) ?? []
  const parent = target === undefined ? toWords(column.replace(/_id$/, '')) : nameRow(target)
  const ids = findGiven(given, [column, column.replace(/_id$/, ''), parent.replaceAll(' ', '_')])
  if (ids.length === 1) return { exit: exitCode.notFound, message: `There is no ${parent} ${ids[0]}.` }
  const named = ids.length === 0 ? '' : ` among ${ids.join(', ')}`
  return { exit: exitCode.notFound, message: `There is no such ${parent}${named}.` }
}

/** The ids that were given under one of these names of columns, as in `--class 99`, `<classId>` or `--classes 98,99`. */
function findGiven(given: GivenValues, columns: readonly string[]): readonly number[] {
  for (const column of columns) {
    const name = column.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())
    for (const spelling of [name, `${name}Id`, `${name}s`, `${name}es`, `${name}Ids`]) {
      const ids = [given[spelling]].flat().map(Number).filter(Number.isSafeInteger)
      if (ids.length > 0) return ids
    }
  }
  return []
}

function describeColumn({ column, table }: Broken): string {
  return column === undefined ? `A value of the ${nameRow(table)}` : `The ${toWords(column.replace(/_id$/, ''))}`
}

/** A check is named after its column and what is asked of it: `studios_currency_known`. */
function describeRefusedValue({ constraint, table }: Broken): string {
  const [, column] =
    /^(\w+)_(known|form|positive|whole|counted|digits|named|length)$/.exec(withoutTable(constraint, table)) ?? []
  if (column === undefined) return `The values do not make up ${withArticle(nameRow(table))}.`
  return `The value of ${toWords(column)} is not one that ${withArticle(nameRow(table))} may have.`
}

const withoutTable = (constraint: string, table: string) =>
  constraint.startsWith(`${table}_`) ? constraint.slice(table.length + 1) : constraint

/** What a row of a table is called: `class_slots` has class slots. */
function nameRow(table: string): string {
  if (table === '') return 'entry'
  const words = toWords(table)
  if (words.endsWith('ies')) return words.replace(/ies$/, 'y')
  return words.replace(/sses$/, 'ss').replace(/(?<!s)s$/, '')
}

const toWords = (name: string) => name.replaceAll('_', ' ')
const withArticle = (words: string) => `${/^[aeiou]/.test(words) ? 'an' : 'a'} ${words}`
const upperFirst = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
