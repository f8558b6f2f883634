import assert from 'node:assert/strict'
import { test } from 'node:test'
import { eq } from 'drizzle-orm'
import { findBenefitUse } from '../../src/benefits/index.ts'
import { benefitCounters } from '../../src/benefits/tables.ts'
import { insertUse } from '../../src/benefits/use-store.ts'
import { everybody } from '../../src/customers/index.ts'
import { openTestApp, outOfTurn, type TestApp } from '../support/app.ts'
import { listCounters, insertEntitled, usePath } from '../support/scenes/benefit-world.ts'
import { meetingPoint } from '../support/meeting-point.ts'
import { openTwoApps } from '../support/two-apps.ts'

const PARALLEL = 8

async function race(apps: readonly TestApp[], times = PARALLEL) {
  const [first] = apps as [TestApp]
  const { customerId, ruleId } = await insertEntitled(first)
  const answers = await Promise.all(
    Array.from({ length: times }, (_, n) => (apps[n % apps.length] as TestApp).post(usePath(customerId))),
  )
  const used = answers.filter(({ status }) => status === 200).length
  const codes = [...new Set(answers.flatMap(({ body }) => body?.errorCode ?? []))]
  return { used, codes, counted: await listCounters(first, ruleId), ruleId, customerId }
}

const exactlyFive = { '2026-05-31': 5 }

test('of eight uses at once with five left, exactly five succeed', async () => {
  await using app = await openTestApp(outOfTurn)
  const { used, codes, counted } = await race([app])
  assert.equal(used, 5)
  assert.deepEqual(codes, ['errormessage.benefit.contingentExhausted'])
  assert.deepEqual(counted, { counters: exactlyFive, usages: exactlyFive })
})

test('two applications on one database give no more', async () => {
  const [one, two, all] = await openTwoApps()
  await using _ = all
  const { used, counted } = await race([one, two], 40)
  assert.equal(used, 5)
  assert.deepEqual(counted, { counters: exactlyFive, usages: exactlyFive })
})

test('control: code that reads before it counts gives out more than there is', async () => {
  await using app = await openTestApp(outOfTurn)
  const { customerId, ruleId, benefitId } = await insertEntitled(app)
  for (let n = 0; n < 4; n++) await app.post(usePath(customerId))
  const meet = meetingPoint(3)
  const site = { studioId: 123, integrationId: null, sight: everybody }
  const careless = () =>
    app.write(async (work) => {
      const verdict = await findBenefitUse(work.db, { customerId, key: 'SOLARIUM', site }, work.now)
      await meet()
      const [choice] = verdict?.choices ?? []
      if (!verdict?.isUsable || !choice) return
      const { period, contractId } = choice
      const use = { customerId, benefitId, ruleId, contractId, periodStart: period?.from ?? null, studioId: 123 }
      // Counted for itself, as if the statement did not state the condition.
      await insertUse(work.tx, { ...use, source: 'API', amount: null }, work.now)
      await work.tx
        .update(benefitCounters)
        .set({ used: choice.used + 1 })
        .where(eq(benefitCounters.ruleId, ruleId))
    })
  await Promise.all([careless(), careless(), careless()])
  const { usages, counters } = await listCounters(app, ruleId)
  assert.deepEqual([usages, counters], [{ '2026-05-31': 7 }, exactlyFive])
})
