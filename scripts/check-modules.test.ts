import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { checkModules } from './check-modules.ts'

/** What the check says about a tree of these files. */
function complaintsAbout(files: Readonly<Record<string, string>>): string[] {
  const root = mkdtempSync(join(tmpdir(), 'palestra-modules-'))
  try {
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, file)), { recursive: true })
      writeFileSync(join(root, file), text)
    }
    return checkModules(root)
  } finally {
    rmSync(root, { recursive: true })
  }
}

const tables = `export const customers = pgTable('customers', {})`
const cases: readonly (readonly [string, Readonly<Record<string, string>>, RegExp | undefined])[] = [
  [
    'a module imports a lower one by its index',
    { 'src/classes/a.ts': `import { b } from '../customers/index.ts'` },
    undefined,
  ],
  [
    'a module does not import a higher one',
    { 'src/customers/a.ts': `import { b } from '../classes/index.ts'` },
    /comes after/,
  ],
  ['the platform imports no module', { 'src/platform/a.ts': `import { b } from '../studios/index.ts'` }, /comes after/],
  [
    'two files that need each other’s types are a circle',
    {
      'src/classes/a.ts': `import type { B } from './b.ts'`,
      'src/classes/b.ts': `import type { A } from './a.ts'`,
    },
    /import each other/,
  ],
  ['there are no other doors', { 'src/classes/a.ts': `import { b } from '../customers/store.ts'` }, /doors/],
  ['a re-export is an import', { 'src/classes/a.ts': `export { b } from '../customers/store.ts'` }, /doors/],
  [
    'an import over several lines counts',
    { 'src/classes/a.ts': `import {\n  b,\n} from '../customers/store.ts'` },
    /doors/,
  ],
  [
    'a store joins lower tables',
    { 'src/classes/store.ts': `import { customers } from '../customers/tables.ts'` },
    undefined,
  ],
  [
    'an operation does not',
    { 'src/classes/a.ts': `import { customers } from '../customers/tables.ts'` },
    /only a store/,
  ],
  [
    'only the owner writes a table',
    { 'src/classes/store.ts': `import { customers } from '../customers/tables.ts'\ntx.update(customers).set({})` },
    /written only by/,
  ],
  [
    'plain SQL counts as writing',
    { 'src/customers/tables.ts': tables, 'src/classes/store.ts': 'sql`\n  insert into customers values (1)`' },
    /written only by/,
  ],
  [
    'an exception gives its reason',
    {
      'src/customers/tables.ts': tables,
      'src/classes/store.ts': '// writes customers: to see that it may\nsql`update customers set x = 1`',
    },
    undefined,
  ],
  [
    'the owner writes its table',
    { 'src/customers/tables.ts': tables, 'src/customers/store.ts': 'sql`insert into customers values (1)`' },
    undefined,
  ],
  ['nobody imports main', { 'src/app.ts': `import './main.ts'` }, /nobody imports main/],
  ['a folder needs a place in the order', { 'src/lockers/a.ts': '' }, /not in the register/],
  ['rules reach no package', { 'src/classes/a-rules.ts': `import { sql } from 'drizzle-orm'` }, /rules are pure/],
  [
    'rules reach no store through another file',
    { 'src/classes/a-rules.ts': `import { b } from './b.ts'`, 'src/classes/b.ts': `import { c } from './store.ts'` },
    /rules are pure/,
  ],
  ['rules may know types', { 'src/classes/a-rules.ts': `import type { Row } from './store.ts'` }, undefined],
]

for (const [name, files, complaint] of cases) {
  test(name, () => {
    const complaints = complaintsAbout(files).join('\n')
    if (complaint === undefined) assert.equal(complaints, '')
    else assert.match(complaints, complaint)
  })
}
