import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import pg from 'pg'
import { openTestApp } from '../../../test/support/app.ts'
import { addCustomer } from '../../../test/support/scenes/customers.ts'
import { fold } from './search-rules.ts'

const folder = new URL('../../../migrations/', import.meta.url)
const migrations = readdirSync(folder)
  .filter((name) => /_refold_\w+\.sql$/.test(name))
  .sort()
  .map((name) => readFileSync(new URL(name, folder), 'utf8'))
/** As names were folded before: most apostrophes and all joiners stayed. */
const foldBefore = (name: string) =>
  name
    .replace(/['’‘ʼ`´′]/g, '')
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(/\p{Pd}/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()

test('names that were stored before are found like those of today', async () => {
  await using app = await openTestApp()
  const names = [
    'Kaʻahumanu',
    'O＇Brien',
    'D‛Arc',
    'Mar\u200dtin',
    'Bau\u00admann',
    'Müller',
    '\u200bLee',
    'ʻAna ʻIke',
    'Հակոբ՚ս',
    'ג׳ורג׳',
    'Kale\u1FBFa',
    'Mü\u1FBDller-Łoß',
    'O\uFF40Neil',
  ]
  const client = new pg.Client({ connectionString: app.url })
  await client.connect()
  try {
    const ids = []
    for (const lastName of names) ids.push(await addCustomer(app, { lastName }))
    // The owner of the table is bound by its row-level security, too.
    await client.query(`select set_config('palestra.tenant_id', '1', false)`)
    for (const [at, name] of names.entries())
      await client.query('update customers set last_name = $2, last_fold = $3 where id = $1', [
        ids[at],
        name,
        foldBefore(name),
      ])
    for (const migration of migrations)
      for (const statement of migration.split('--> statement-breakpoint')) await client.query(statement)
    const { rows } = await client.query('select last_fold from customers where id = any($1) order by id', [ids])
    assert.deepEqual(
      rows.map((row) => row.last_fold),
      names.map(fold),
    )
  } finally {
    await client.end()
  }
})
