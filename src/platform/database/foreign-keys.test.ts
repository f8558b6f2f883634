import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { testDatabase } from '../../../test/support/database.ts'

const database = await testDatabase()
const admin = new pg.Client({ connectionString: database.url })
before(() => admin.connect())
after(async () => {
  await admin.end()
  await database.drop()
})

/**
 * Tables that a studio fills by planning: some dozens of rows, however many members it has. To read a table once for each of
 * them costs little, and an index for it would cost each write.
 */
const planned = new Set(
  `studios legal_entities tax_codes dunning_levels companies tags opening_hour_categories
   integrations activations webhook_endpoints campaigns additional_information_fields
   employees competences resources devices parking_lots services classes booking_rules
   trial_offer_configs benefits benefit_rules online_offers
   rates rate_codes modules membership_offers membership_offer_terms membership_vouchers text_blocks
   payment_frequencies cancelation_reasons idle_reasons idle_policies`.split(/\s+/),
)

/** References to what grows with the members that need no index, each with its reason. */
const exceptions = new Map([
  ['access_code_uses.customer_id', 'holds the codes of the last minutes only'],
  ...[
    'bookable_appointments.image_id',
    'classes.image_id',
    'employees.image_file_id',
    'membership_offers.image_key',
    'membership_switch_configs.image_key',
    'modules.image_key',
    'online_offers.image_key',
    'offer_specimens.file_id',
    'studios.logo_file_id',
    'text_blocks.document_id',
  ].map((name) => [name, 'what a studio plans has some dozens of rows'] as const),
])

/** References whose rows no index finds: none begins with their columns and holds every row that refers. */
async function listUnindexed(): Promise<readonly { readonly name: string; readonly target: string }[]> {
  const { rows } = await admin.query(`
    select t.relname || '.' || a.attname as name, target.relname as target
    from pg_constraint c
    join pg_class t on t.oid = c.conrelid
    join pg_class target on target.oid = c.confrelid
    join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[cardinality(c.conkey)]
    where c.contype = 'f' and c.connamespace = 'public'::regnamespace and not exists (
      select from pg_index i
      where i.indrelid = c.conrelid
        and (i.indkey::int2[])[0:cardinality(c.conkey) - 1] @> c.conkey
        and (i.indpred is null or pg_get_expr(i.indpred, i.indrelid) = '(' || a.attname || ' IS NOT NULL)'))
    order by 1`)
  return rows
}

test('each reference to what grows with the members has an index, so that removing a tenant is no square of its members', async () => {
  const found = (await listUnindexed()).filter(({ target }) => !planned.has(target)).map(({ name }) => name)
  assert.deepEqual(new Set(found), new Set(exceptions.keys()))
})

test('each table that counts as planned is referred to without an index somewhere', async () => {
  const targets = new Set((await listUnindexed()).map(({ target }) => target))
  assert.deepEqual(
    [...planned].filter((name) => !targets.has(name)),
    [],
  )
})

test('an index that leaves referring rows out does not count', async () => {
  await admin.query('drop index postings_claim_id_ref')
  await admin.query('create index postings_some_claims on postings (tenant_id, claim_id) where line_no = 1')
  const names = async () => (await listUnindexed()).map(({ name }) => name)
  assert.ok((await names()).includes('postings.claim_id'))
  await admin.query('create index postings_all_claims on postings (tenant_id, claim_id) where claim_id is not null')
  assert.ok(!(await names()).includes('postings.claim_id'))
})
