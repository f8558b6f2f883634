import { type SQL, sql } from 'drizzle-orm'
import { bigint, char, customType, numeric } from 'drizzle-orm/pg-core'

/** A half-open stretch of time; `until` is null when it has no end. */
export interface InstantRange {
  readonly from: Temporal.Instant
  readonly until: Temporal.Instant | null
}

/** The key of a row: one sequence serves all tables of all tenants, so an id is never valid for two kinds of thing. */
export const id = () => bigint('id', { mode: 'number' }).notNull().default(sql`nextval('palestra_id')`)

/** The id of a row elsewhere. */
export const ref = <N extends string>(name: N) => bigint(name, { mode: 'number' })

/**
 * A word of our own code written into the statement itself. A plan that serves all values only uses an index on part of
 * a table when the statement, not a value, says that the part is meant.
 */
export function constant<T extends string>(word: T): SQL<T> {
  if (!/^[A-Z_]+$/.test(word)) throw new Error(`${word} is not a word of the code.`)
  return sql.raw(`'${word}'`) as SQL<T>
}

/** An amount as decimal text with four decimals; the domain turns it into minor units of the currency beside it. */
export const money = <N extends string>(name: N) => numeric(name, { precision: 19, scale: 4 })

/** ISO 4217 code. */
export const currency = <N extends string>(name: N) => char(name, { length: 3 })

/** A moment. Sessions run in UTC; both the space and the `T` form are read. */
export const instant = customType<{ data: Temporal.Instant; driverData: string }>({
  dataType: () => 'timestamptz',
  toDriver: (value) => value.toString(),
  fromDriver: (text) => Temporal.Instant.from(text),
})

/** A moment, or the end of time. */
export const instantOrForever = customType<{ data: Temporal.Instant | 'FOREVER'; driverData: string }>({
  dataType: () => 'timestamptz',
  toDriver: (value) => (value === 'FOREVER' ? 'infinity' : value.toString()),
  fromDriver: (text) => (text === 'infinity' ? 'FOREVER' : Temporal.Instant.from(text)),
})

/** A calendar day. */
export const plainDate = customType<{ data: Temporal.PlainDate; driverData: string }>({
  dataType: () => 'date',
  toDriver: (value) => value.toString(),
  fromDriver: (text) => Temporal.PlainDate.from(text),
})

/** A calendar day, or the end of time. */
export const plainDateOrForever = customType<{ data: Temporal.PlainDate | 'FOREVER'; driverData: string }>({
  dataType: () => 'date',
  toDriver: (value) => (value === 'FOREVER' ? 'infinity' : value.toString()),
  fromDriver: (text) => (text === 'infinity' ? 'FOREVER' : Temporal.PlainDate.from(text)),
})

/** A time on the wall clock, without a zone. */
export const plainTime = customType<{ data: Temporal.PlainTime; driverData: string }>({
  dataType: () => 'time',
  toDriver: (value) => value.toString(),
  fromDriver: (text) => Temporal.PlainTime.from(text),
})

/** A day and time on the wall clock of the studio, without a zone. */
export const localDateTime = customType<{ data: Temporal.PlainDateTime; driverData: string }>({
  dataType: () => 'timestamp',
  toDriver: (value) => value.toString(),
  fromDriver: (text) => Temporal.PlainDateTime.from(text),
})

/** Raw bytes: hashes, encrypted values. */
export const bytes = customType<{ data: Buffer; driverData: Buffer }>({
  dataType: () => 'bytea',
})

/** Folded text: compared byte by byte, so that one btree serves equality, prefix and order in every database locale. */
export const foldedText = customType<{ data: string; driverData: string }>({
  dataType: () => 'text COLLATE "C"',
})

/** A stretch of time, written and read as `[from,until)`. */
export const instantRange = customType<{ data: InstantRange; driverData: string }>({
  dataType: () => 'tstzrange',
  toDriver: formatInstantRange,
  fromDriver: parseInstantRange,
})

/** `[from,until)` as PostgreSQL reads it. */
export function formatInstantRange(range: InstantRange): string {
  return `[${range.from},${range.until ?? ''})`
}

/** Reads a non-empty range whose start is known; everything else is a bug of the writer. */
export function parseInstantRange(text: string): InstantRange {
  const [, from, until] = /^\["?([^",]+)"?,"?([^",]*)"?\)$/.exec(text) ?? []
  if (from === undefined) throw new Error(`not a half-open time range: ${text}`)
  return { from: Temporal.Instant.from(from), until: until ? Temporal.Instant.from(until) : null }
}
