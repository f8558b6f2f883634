import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { checkOwnTables } from './check-own-tables.ts'

/** How many complaints there are about a tree of this one file. */
function countComplaints(file: string, text: string): number {
  const root = mkdtempSync(join(tmpdir(), 'palestra-own-tables-'))
  try {
    mkdirSync(dirname(join(root, file)), { recursive: true })
    writeFileSync(join(root, file), text)
    return checkOwnTables(root).length
  } finally {
    rmSync(root, { recursive: true })
  }
}

const plain = 'sql`not exists (select from customer_integration_blocks b)`'
const imported = `import { customerIntegrationBlocks } from '../customers/tables.ts'`

test('only customers names the table of those who have withdrawn their data', () => {
  assert.equal(countComplaints('src/customers/reading/sight-store.ts', plain), 0)
  assert.equal(countComplaints('src/customers/sql/f.sql', plain), 0)
  assert.equal(countComplaints('src/bookings/store.ts', plain), 1)
  assert.equal(countComplaints('src/bookings/store.ts', imported), 1)
  assert.equal(countComplaints('src/webhooks/sql/f.sql', plain), 1)
})

test('tests may store a withdrawal', () => {
  assert.equal(countComplaints('src/bookings/holds.test.ts', imported), 0)
})
