import assert from 'node:assert/strict'
import { join, sep } from 'node:path'
import { test } from 'node:test'
import { boolean, integer, pgTable, text } from 'drizzle-orm/pg-core'
import { findUnset, givesValue, judgeSettings, listSettings, settingsIn } from './check-settings.ts'

const rooms = pgTable('rooms', {
  id: integer('id').notNull(),
  title: text('title'),
  mode: text('mode', { enum: ['OPEN', 'SHUT'] })
    .notNull()
    .default('OPEN'),
  heated: boolean('is_heated').notNull().default(false),
  seats: integer('seats').notNull(),
})
const settings = settingsIn(rooms, 'rooms')
const command = ['src', 'cli', 'commands', 'rooms.ts'].join(sep)
const api = ['src', 'rooms', 'staff-api.ts'].join(sep)
const unsetWith = (...sources: readonly (readonly [string, string])[]) =>
  findUnset(settings, new Map(sources)).map(({ name }) => name)

test('choices, switches and numbers with a default or without a value are settings; descriptions are none', () => {
  assert.deepEqual(
    settings.map(({ name, key }) => [name, key]),
    [
      ['rooms.mode', 'mode'],
      ['rooms.is_heated', 'heated'],
    ],
  )
})

test('a new column that nobody sets is a complaint until a command or an operation sets it', () => {
  assert.deepEqual(unsetWith(), ['rooms.mode', 'rooms.is_heated'])
  assert.deepEqual(unsetWith([api, 'heated: Type.Optional(flag())']), ['rooms.mode'])
  assert.deepEqual(unsetWith([command, 'const changes = defined({ mode, heated })']), [])
  assert.deepEqual(judgeSettings(settings, new Map(), new Map([['rooms.*', 'kept']])), [])
  assert.equal(judgeSettings(settings, new Map(), new Map()).length, 2)
})

test('an exception without a reason to stand is a complaint, too', () => {
  const set = new Map([[command, 'return { mode, heated }']])
  const [complaint] = judgeSettings(settings, set, new Map([['rooms.mode', 'kept']]))
  assert.equal(complaint, 'rooms.mode needs no exception any more')
})

test('reading, naming a type and taking apart set nothing', () => {
  for (const line of [
    'readonly mode: string',
    'mode: row.mode,',
    'mode: rooms.mode',
    '// mode: how',
    'const { mode } = row',
    'const present = ({ mode }: Row) => mode.length',
    'if (row.mode) return 1',
  ])
    assert.equal(givesValue(line, 'mode'), false, line)
})

test('the settings of all tables are found', async () => {
  const names = (await listSettings(join(import.meta.dirname, '..'))).map(({ name }) => name)
  for (const name of ['studios.lead_duplicate_rule', 'integrations.date_time_form', 'classes.online_visible'])
    assert.ok(names.includes(name), name)
})
