import { globSync, readFileSync } from 'node:fs'
import { join, sep } from 'node:path'
import { is } from 'drizzle-orm'
import { getTableConfig, PgTable } from 'drizzle-orm/pg-core'
import { keptByCode } from './settings-exceptions.ts'

/** A column that behaviour may depend on and that a row need not name: without a way to set it, it keeps its default. */
export interface Setting {
  /** `studios.lead_duplicate_rule` */
  readonly name: string
  /** How the code calls it: `leadDuplicateRule`. */
  readonly key: string
  /** The module that owns the table. */
  readonly module: string
}

/** Types of columns by which code decides: switches, numbers, times of the day, lists. Choices are known by their values. */
const decidingTypes = /^(?:boolean|integer|time|.*\[\])$/
/** Texts and moments by which code decides, too. */
const alsoDeciding: ReadonlySet<string> = new Set([
  'customers.booking_block_reason',
  'customers.booking_block_until',
  'studios.customer_number_pattern',
])

/** The settings in the tables of all modules. */
export async function listSettings(root: string): Promise<Setting[]> {
  const found = new Map<string, Setting>()
  for (const file of globSync('src/*/{tables,*-table}.ts', { cwd: root }).sort()) {
    const exported = (await import(join(root, file))) as Readonly<Record<string, unknown>>
    for (const table of Object.values(exported)) {
      if (!is(table, PgTable)) continue
      for (const setting of settingsIn(table, file.split(sep)[1] ?? '')) found.set(setting.name, setting)
    }
  }
  return [...found.values()]
}

/** The settings of one table. */
export function settingsIn(table: PgTable, module: string): Setting[] {
  const { name: tableName, columns } = getTableConfig(table)
  const keys = new Map(Object.entries(table).map(([key, column]) => [column as unknown, key]))
  return columns.flatMap((column) => {
    const name = `${tableName}.${column.name}`
    const isChoice = (column.enumValues?.length ?? 0) > 0
    const decides = isChoice || decidingTypes.test(column.getSQLType()) || alsoDeciding.has(name)
    const isOptional = column.hasDefault || !column.notNull
    const key = keys.get(column)
    return decides && isOptional && key !== undefined && key !== 'version' ? [{ name, key, module }] : []
  })
}

type Sources = ReadonlyMap<string, string>

/** Where a value comes in from outside: the commands, and what operations of the API and of staff declare and bind. */
const doors = /^src[\\/]cli[\\/]|(?:api|schemas?|rule|staff-[\w-]*routes)\.ts$/

function readSources(root: string): Sources {
  const files = globSync('src/**/*.ts', { cwd: root }).filter((file) => doors.test(file) && !file.endsWith('.test.ts'))
  return new Map(files.map((file) => [file, readFileSync(join(root, file), 'utf8')]))
}

/** Whether a text gives a value to a field of this name: no type says so, and no column that is read as itself. */
export function givesValue(text: string, key: string): boolean {
  const uses = text.matchAll(new RegExp(`(?<![\\w.$'])${key}:\\s*([^\\n]*)`, 'g'))
  const given = [...uses].some(({ 1: value = '', index }) => {
    const before = text.slice(text.lastIndexOf('\n', index) + 1, index)
    return (
      !/\breadonly\s+$|^\s*(?:\/\/|\*|\/\*)/.test(before) &&
      !new RegExp(`^[\\w.?]*\\.${key}\\s*(?:[,})]|$)`).test(value)
    )
  })
  return given || isShorthand(text, key)
}

/** `{ key }` as a value, not as a pattern that takes it apart. */
function isShorthand(text: string, key: string): boolean {
  const opened = String.raw`(?:=>\s*\(|\bdefined\(|\breturn\s+|[=,:(?]\s*)\{`
  const notTakenApart = String.raw`(?!\s*(?:=|:|\)\s*(?:=>|:)))`
  return new RegExp(`${opened}(?:[^{}]*,)?\\s*${key}\\s*(?:,[^{}]*)?\\}${notTakenApart}`).test(text)
}

/**
 * A term has one field for its two columns: `earliest` for `earliestTermValue` and `earliestTermUnit`, `trialTerm` for
 * `trialTermValue` and `trialTermUnit`.
 */
const listFields = (key: string) => [
  ...new Set([key, key.replace(/Term(?:Value|Unit)$/, ''), key.replace(/(?:Value|Unit)$/, '')]),
]

/** The settings that no operation and no command sets. A name that stands for one setting only may be set anywhere. */
export function findUnset(settings: readonly Setting[], sources: Sources): Setting[] {
  const count = new Map<string, number>()
  for (const { key } of settings) count.set(key, (count.get(key) ?? 0) + 1)
  return settings.filter(({ key, module }) => {
    const isAlone = count.get(key) === 1
    return ![...sources].some(([file, text]) => {
      const [, owner] = file.split(sep)
      const belongs = owner === module || (owner === 'cli' && (isAlone || text.includes(`/${module}/`)))
      return belongs && listFields(key).some((field) => givesValue(text, field))
    })
  })
}

/** Complaints about settings that nobody can set, and about exceptions that are none. */
export function judgeSettings(
  settings: readonly Setting[],
  sources: Sources,
  exceptions: ReadonlyMap<string, string>,
): string[] {
  const unset = findUnset(settings, sources).map(({ name }) => name)
  const excepted = (name: string) => exceptions.has(name) || exceptions.has(`${name.split('.')[0]}.*`)
  const stands = (exception: string) =>
    exception.endsWith('.*') ? unset.some((name) => name.startsWith(exception.slice(0, -1))) : unset.includes(exception)
  return [
    ...unset
      .filter((name) => !excepted(name))
      .map((name) => `${name} decides, and no command and no operation sets it: give it one, or say why not`),
    ...[...exceptions.keys()].filter((each) => !stands(each)).map((each) => `${each} needs no exception any more`),
  ]
}

/** Columns by which code decides and that nobody can set. */
export async function checkSettings(root: string): Promise<string[]> {
  return judgeSettings(await listSettings(root), readSources(root), keptByCode)
}
