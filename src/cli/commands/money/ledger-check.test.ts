import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { drizzle } from 'drizzle-orm/node-postgres'
import { openTestApp, type TestApp } from '../../../../test/support/app.ts'
import { asSuperuser } from '../../../../test/support/row-hashes.ts'
import { samplePlan } from '../../../../test/support/samples/contract-plan.ts'
import { addDebtor, collect, openAgency } from '../../../../test/support/scenes/collection.ts'
import { signPlan } from '../../../../test/support/scenes/contract-scene.ts'
import { addToken } from '../../../../test/support/scenes/payment-scene.ts'
import { openRunScene } from '../../../../test/support/scenes/run-scene.ts'
import { exportPaymentRun } from '../../../payments/staff-api.ts'
import type { Queryable } from '../../../platform/database/database.ts'
import { checkBooks } from './ledger-check.ts'

/** Two members who are debited, one who has paid by card, a debtor of an agency, a contract, and two exports of a closed day. */
let app: TestApp
before(async () => {
  app = await openTestApp()
  const scene = await openRunScene(app)
  await payByCard(scene)
  await openAgency(app, { type: 'TRUST', restrictAccess: false })
  const { customerId } = await addDebtor(app, ['20.00', '35.00'])
  await collect(app, customerId)
  await signPlan(app, await scene.member(), samplePlan())
  for (const amount of ['29.90', '12.50']) await scene.charge(await scene.member(), amount)
  await app.travelTo('2026-06-17T12:00:00+02:00')
  for (let n = 0; n < 2; n++) await orderExport()
  await app.app.scheduler.runDue(app.berlin.tenantId)
  await scene.openBank()
  await scene.staff.run(exportPaymentRun, { paymentRunId: await scene.draft() })
  await scene.settle()
})
after(() => app.close())

async function payByCard(scene: Awaited<ReturnType<typeof openRunScene>>) {
  const customerId = await scene.member()
  const claimId = await scene.charge(customerId, '20.00')
  const { token } = await addToken(app, { customerId })
  const amount = { amount: 20, currency: 'EUR' }
  const body = { amount, debtClaimIds: [claimId], paymentRequestToken: token }
  const answer = await app.post(`/v1/customers/${customerId}/account/payment`, body)
  assert.equal(answer.status, 200, answer.text)
  await app.app.scheduler.runDue(app.berlin.tenantId)
}

async function orderExport() {
  const days = { fromDate: '2026-06-15', toDate: '2026-06-15' }
  const wish = { ...days, exportFormat: 'SINGLE', exportFileFormat: 'CSV' }
  const answer = await app.post('/v1/taxadvisor/exports/create', wish)
  assert.equal(answer.status, 200, answer.text)
}

/** What is named when the rows are changed past all rules. */
async function findBroken(breaking: string): Promise<string[]> {
  const now = await app.platform.clock.now(app.berlin.tenantId)
  return asSuperuser(app.url, async (client) => {
    await client.query('begin')
    // Without triggers and references, which would refuse it.
    await client.query('set local session_replication_role = replica')
    for (const statement of breaking.split(';')) await client.query(statement)
    const faults = await checkBooks({ db: drizzle(client) as unknown as Queryable, now })
    await client.query('rollback')
    return [...new Set(faults.map(({ rule }) => rule))]
  })
}

const live = `(select item_id from payment_run_item_claims where is_live order by item_id, claim_id limit 1)`
const paid = `(select id from payments where state = 'SETTLED' limit 1)`

const broken: readonly (readonly [rule: string, breaking: string])[] = [
  [
    'An entry has two lines or more, in one currency, that add up to zero.',
    'update postings set amount = amount + 1 where line_no = 1 and entry_id = (select min(id) from journal_entries)',
  ],
  [
    'A day of a studio that is closed holds what it held then.',
    `update journal_entries set kind = 'BANK_COST' where id = (select min(id) from journal_entries)`,
  ],
  [
    'The balance is what is left of credits less what is open of claims, and what the journal says.',
    'update customer_accounts set balance = balance + 1 where customer_id = (select min(customer_id) from customer_accounts)',
  ],
  [
    'What is open of a claim is its amount less what was allocated to it.',
    `update debt_claims set open_amount = open_amount - 1 where id = (select max(id) from debt_claims where open_amount > 2)`,
  ],
  [
    'A claim is settled no further than its amount.',
    `alter table debt_claims drop constraint debt_claims_open_within_amount;
      update debt_claims set open_amount = -1 where id = (select max(id) from debt_claims where open_amount > 2)`,
  ],
  [
    'What is left of a credit is its amount less what it has settled and what was taken back.',
    `update credit_items set remaining = 1 where id = ${paid}`,
  ],
  [
    'Consumption credit is what the journal says.',
    'update customer_accounts set consumption_credit = 1 where customer_id = (select min(customer_id) from customer_accounts)',
  ],
  [
    'Consumption credit is not below what the legal entity lends.',
    'update customer_accounts set consumption_credit = -1 where customer_id = (select min(customer_id) from customer_accounts)',
  ],
  [
    'A claim that is booked has an entry of its amount.',
    `update debt_claims set posted_entry_id = posted_entry_id + 100000 where id = (select min(id) from debt_claims where state = 'POSTED')`,
  ],
  [
    'An entry charges one claim.',
    `update debt_claims set posted_entry_id = (select max(posted_entry_id) from debt_claims)
      where id = (select min(id) from debt_claims where state = 'POSTED')`,
  ],
  [
    'What is booked and waits of a period is what the contract wants of it.',
    `update debt_claims set amount = amount + 1, net = net + 1, open_amount = open_amount + 1
      where id = (select max(id) from debt_claims where state = 'SCHEDULED')`,
  ],
  [
    'Of a payment session one request was used at most.',
    `drop index payment_requests_one_consumed; drop index payment_requests_token_unique; drop index payment_requests_provider_key_unique;
      insert into payment_requests overriding system value select (jsonb_populate_record(r, jsonb_build_object('id', r.id + 1000))).*
      from payment_requests r where state = 'CONSUMED'`,
  ],
  [
    'A payment is booked once, for its customer, with its amount.',
    `update payments set amount = amount + 1 where id = ${paid}`,
  ],
  [
    'A request that pays is used by one payment of the amount of its session.',
    `update payment_requests set state = 'CANCELLED', consumed_at = null where state = 'CONSUMED'`,
  ],
  [
    'A payment that is settled by the sandbox was captured once with its amount, and what was captured is a payment.',
    `update sandbox_charges set amount = amount + 1 where state = 'CAPTURED'`,
  ],
  [
    'A payment that failed or was returned is taken back whole, and once.',
    `update payments set state = 'REVERSED' where id = ${paid}`,
  ],
  [
    'What was taken back of a payment is what the journal says.',
    `update credit_items set reversed = 1 where id = ${paid}`,
  ],
  [
    'What a payment run collects is what its claims add up to.',
    `update payment_run_items set amount = amount + 1 where id = ${live}`,
  ],
  [
    'A claim is in one live collection at most, and in none while an agency has it.',
    `update debt_claims set collection_state = 'AT_AGENCY' where id = (select min(claim_id) from payment_run_item_claims where item_id = ${live})`,
  ],
  [
    'What a payment run collects just now is open, and no agency has it.',
    `update debt_claims set collection_state = 'AT_AGENCY' where id = (select min(claim_id) from payment_run_item_claims where item_id = ${live})`,
  ],
  ['The file of a payment run is the one that was exported.', `update payment_runs set file_sha256 = sha256('other')`],
  [
    'A customer has as many open cases as the account says.',
    'update customer_accounts set open_cases = open_cases + 1 where open_cases > 0',
  ],
  ['What an agency has paid for a debt is what it has last reported.', 'update collection_debts set paid = paid + 1'],
  [
    'The payments of agencies are what their shares add up to.',
    `update credit_items set method = 'AGENCY' where id = ${paid}`,
  ],
  [
    'A claim is with an agency while a case with it is open, and never otherwise.',
    `update debt_claims set collection_state = 'NONE' where collection_state <> 'NONE'`,
  ],
  [
    'What agencies owe for a customer is what is assigned to them.',
    'update collection_debts set assigned = assigned + 1',
  ],
  [
    'There is no credit beside a claim that it could settle.',
    `update credit_items set remaining = 1 where id = ${paid};
      update debt_claims set open_amount = 1 where state = 'POSTED' and customer_id = (select customer_id from payments where id = ${paid})`,
  ],
  [
    'Exports of the same days in the same form have the same rows.',
    `update tax_exports set rows = rows + 1 where id = (select max(id) from tax_exports)`,
  ],
  ['The file of an export is the one that was written.', `update tax_exports set sha256 = sha256('other')`],
  [
    'No row holds the number of a card or a token that can be used.',
    `update payment_instruments set holder = 'Mara 4242 4242 4242 4242' where id = (select min(id) from payment_instruments)`,
  ],
  [
    'No row holds the number of a card or a token that can be used.',
    `update payment_sessions set token_sha256 = convert_to('pst_in_plain_words', 'UTF8')`,
  ],
]

test('books that nobody has broken are whole', async () => {
  assert.deepEqual(await app.read(checkBooks), [])
})

for (const [at, [rule, breaking]] of broken.entries()) {
  test(`what is broken is named: ${rule} (${at})`, async () => {
    assert.ok((await findBroken(breaking)).includes(rule))
  })
}
