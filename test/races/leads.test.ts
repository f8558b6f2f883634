import assert from 'node:assert/strict'
import { test } from 'node:test'
import { customers } from '../../src/customers/customer-table.ts'
import { leads } from '../../src/leads/tables.ts'
import { openTestApp, outOfTurn, type TestApp } from '../support/app.ts'
import { newLead } from '../support/scenes/leads.ts'
import { runUnlocked } from '../support/unlocked.ts'

/** Ways in which two prospects can be one: what they share, beside everything that differs. */
const shared: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'e-mail address': { email: 'twice@mail.example' },
  'own id': { thirdPartyId: 'P-2204' },
  'names and birth date': { firstname: 'Mara', lastname: 'Zwilling', dateOfBirth: '1994-11-02' },
}
const CLIENTS = 6

/** Half of them in the other studio: the integration sees both. */
async function race(app: TestApp, likeness: Readonly<Record<string, string>>) {
  const answers = await Promise.all(
    Array.from({ length: CLIENTS }, (_, n) =>
      app.post('/v1/leads/create', newLead(likeness), { as: n % 2 === 0 ? app.berlin : app.hamburg }),
    ),
  )
  const created = answers.filter(({ status }) => status === 200).length
  const codes = new Set(answers.filter(({ status }) => status !== 200).map(({ body }) => body.errorCode))
  const stored = await app.read(async ({ db }) => [await db.$count(customers), await db.$count(leads)])
  return { created, codes: [...codes], stored }
}

for (const [what, likeness] of Object.entries(shared)) {
  test(`of prospects with the same ${what} at once, one becomes a customer`, async () => {
    await using app = await openTestApp(outOfTurn)
    assert.deepEqual(await race(app, likeness), {
      created: 1,
      codes: ['errormessage.lead.duplicateCustomer'],
      stored: [1, 1],
    })
  })
}

test('control: without the wait for equal candidates one prospect becomes several customers', async () => {
  await runUnlocked({ pauseBefore: /insert into "customer_number_counters"/ }, async (app) => {
    const { created } = await race(app, shared['e-mail address'] ?? {})
    assert.ok(created > 1, `only ${created} of ${CLIENTS} were created`)
  })
})
