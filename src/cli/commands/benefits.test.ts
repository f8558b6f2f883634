import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openTestApp, type TestApp } from '../../../test/support/app.ts'
import { insertMember } from '../../../test/support/scenes/benefit-world.ts'
import { commandLine } from '../../../test/support/command-line.ts'

let app: TestApp

before(async () => void (app = await openTestApp()))
after(() => app.close())

const run = (line: string) => commandLine(app)(line)

test('staff define a benefit, give it to a rate, see who used it and take a use back', async () => {
  const { integrationId, studioId } = app.berlin
  const { customerId, rateId } = await app.write((work) => insertMember(work, app.berlin))
  const { benefitId } = await run(`benefit define SAUNA --integration ${integrationId} --name Sauna --cross-facility`)
  await run(`benefit enable ${benefitId} --studio ${studioId}`)
  const [shown] = await run('benefit list')
  assert.deepEqual([shown.key, shown.crossFacility, shown.studioIds], ['SAUNA', true, [studioId]])
  const { ruleId } = await run(
    `benefit rule ${benefitId} --studio ${studioId} --for rate:${rateId} --amount 1 --per month`,
  )
  const use = () => app.post(`/v1/customers/${customerId}/benefits/SAUNA/use`)
  assert.deepEqual([(await use()).status, (await use()).status], [200, 400])
  const [last] = await run(`benefit uses ${customerId}`)
  assert.deepEqual([last.key, last.periodStart], ['SAUNA', '2026-06-01'])
  await run(`benefit reverse ${last.usageId}`)
  assert.ok((await run(`benefit use ${customerId} SAUNA --studio ${studioId}`)).usageId > 0)
  await run(`benefit end-rule ${ruleId} --on 2026-06-14`)
  const [rule] = await run(`benefit rules ${benefitId}`)
  assert.deepEqual([rule.ruleId, rule.validTo], [ruleId, '2026-06-14'])
  assert.equal((await use()).body.errorCode, 'errormessage.benefit.notEntitled')
  await run(`benefit disable ${benefitId} --studio ${studioId}`)
  assert.equal((await use()).body.errorCode, 'errormessage.benefit.notFound')
})
