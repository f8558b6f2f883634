import assert from 'node:assert/strict'
import { test } from 'node:test'
import { membershipOffersModule } from '../../src/membership-offers/index.ts'
import { openTestApp, outOfTurn, type TestApp } from '../support/app.ts'
import { samplePlan } from '../support/samples/contract-plan.ts'
import { signPlan } from '../support/scenes/contract-scene.ts'
import { addCustomer } from '../support/scenes/customers.ts'
import { addModule, buyModule } from '../support/scenes/module-scene.ts'
import { openStaff } from '../support/scenes/staff.ts'
import { runUnlocked } from '../support/unlocked.ts'
import { assertBooksWhole } from '../support/scenes/money-whole.ts'

/** Buys a module to a contract twice at once. Answers what was said. */
async function buyTwice(app: TestApp): Promise<string[]> {
  const contractId = await signPlan(app, await addCustomer(app), samplePlan())
  const drinks = await addModule(openStaff(app, membershipOffersModule))
  const answers = await Promise.all([buyModule(app, contractId, drinks), buyModule(app, contractId, drinks)])
  return answers
    .map(({ status, body }) => (status === 200 ? 'sold' : body.errorCode.split('.').at(-1)))
    .sort((one, other) => one.localeCompare(other))
}

test('a module is sold to a contract once, however many buy it at the same time', async () => {
  await using app = await openTestApp(outOfTurn)
  assert.deepEqual(await buyTwice(app), ['contractAlreadyPurchased', 'sold'])
  await assertBooksWhole(app)
})

test('control: without locks and the index it is sold twice', async () => {
  const control = {
    without: ['sub_contracts.sub_contracts_one_of_module'],
    pauseBefore: /^insert into "sub_contracts"/,
  }
  await runUnlocked(control, async (app) => assert.deepEqual(await buyTwice(app), ['sold', 'sold']))
})
