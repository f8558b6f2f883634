import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { checkSqlTables, tableOwners } from './check-sql-tables.ts'

const tables = {
  'src/customers/customer-table.ts': `export const customers = aggregateTable('customers', {})`,
  'src/classes/tables.ts': `export const classes = tenantTable(\n  'class_slots',\n  {},\n)`,
}

/** What the check says about a tree of these files and the tables of two modules. */
function complaintsAbout(files: Readonly<Record<string, string>>): string[] {
  const root = mkdtempSync(join(tmpdir(), 'palestra-sql-'))
  try {
    for (const [file, text] of Object.entries({ ...tables, ...files })) {
      mkdirSync(dirname(join(root, file)), { recursive: true })
      writeFileSync(join(root, file), text)
    }
    return checkSqlTables(root)
  } finally {
    rmSync(root, { recursive: true })
  }
}

const store = 'src/customers/store.ts'
const source = 'src/customers/sql/f.sql'
const cases: readonly (readonly [string, Readonly<Record<string, string>>, boolean])[] = [
  ['a higher module reads a lower table', { 'src/classes/store.ts': 'sql`select from customers`' }, false],
  ['a lower module does not read a higher table', { [store]: 'sql`select id from class_slots s`' }, true],
  ['nor joins it', { [store]: 'sql`select 1 from customers c\n  left join class_slots s on true`' }, true],
  ['nor names it second in a list', { [store]: 'sql`select 1 from customers c, class_slots s`' }, true],
  ['nor in a fragment within a fragment', { [store]: 'sql`a ${sql`join "class_slots" on true`} b`' }, true],
  ['nor in a plain statement', { [store]: `tx.execute('delete from class_slots')` }, true],
  ['nor in a function', { [source]: 'create function f() as $$ select 1 from class_slots $$;' }, true],
  ['nor with a trigger', { [source]: 'create trigger t after insert on "class_slots" execute function f();' }, true],
  [
    'a reason excuses the code',
    { [store]: '// reads class_slots: one statement\nsql`select from class_slots`' },
    false,
  ],
  ['a reason excuses the source', { [source]: '-- reads class_slots: one read\nselect 1 from class_slots;' }, false],
  ['a reason for another table does not', { [store]: '// reads classes: x\nsql`select from class_slots`' }, true],
  ['an excuse without a reason is none', { [store]: '// reads class_slots:\nsql`select from class_slots`' }, true],
  ['comments name what they like', { [store]: '/** Read from class_slots. */\n// from class_slots' }, false],
  ['and so does prose', { [store]: `describe('ids from class_slots')` }, false],
  ['a word that is no table is none', { [store]: 'sql`select from slots`' }, false],
  ['what puts the modules together is free', { 'src/demo/store.ts': 'sql`select from class_slots`' }, false],
]

for (const [name, files, refused] of cases) {
  test(name, () => assert.equal(complaintsAbout(files).length, refused ? 1 : 0))
}

test('every table of the tree has an owner', () => {
  const owners = tableOwners(join(import.meta.dirname, '..'))
  assert.ok(owners.size > 100)
  assert.equal(owners.get('customers'), 'customers')
})
