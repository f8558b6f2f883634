import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openTestApp, type TestApp } from '../../test/support/app.ts'
import { openRunScene } from '../../test/support/scenes/run-scene.ts'
import { openStaff, type Staff } from '../../test/support/scenes/staff.ts'
import { JOBS_CHANNEL } from '../platform/jobs/wake-jobs.ts'
import * as payments from '../payments/staff-api.ts'
import { studiosModule } from './index.ts'
import * as api from './staff-api.ts'

let app: TestApp
let staff: Staff
before(async () => {
  app = await openTestApp({ now: '2026-06-15T10:00:00+02:00' })
  staff = openStaff(app, studiosModule)
})
after(() => app.close())

const settle = () => app.app.scheduler.runDue(app.berlin.tenantId)
const find = async (name: string) =>
  (await staff.run(api.listJobs, {}, { studioId: app.berlin.studioId })).jobs.find((job: any) => job.name === name)

test('a daily job that staff start runs now for today, and at its hour as ever', async () => {
  const { studioId } = app.berlin
  await settle()
  const name = 'payments.draftRuns'
  assert.deepEqual(await find(name), { name, runs: 'DAILY', nextRunAt: '2026-06-16T00:30:00Z' })
  const scene = await openRunScene(app)
  await scene.charge(await scene.member(), '30.00')
  await scene.staff.run(payments.configurePaymentRuns, { studioId }, { runDays: [15], methodGroups: ['SEPA'] })
  await staff.run(api.runJob, {}, { name, studioId }, { dryRun: true })
  await settle()
  assert.equal((await find(name)).lastRunAt, undefined)
  const drafts = async () =>
    (await scene.staff.run(payments.listPaymentRuns, {}, { studioId })).runs.map(
      ({ origin, targetDate }: any) => `${origin} ${targetDate}`,
    )
  for (let time = 0; time < 2; time++) {
    assert.deepEqual(await staff.run(api.runJob, {}, { name, studioId }), { name, studioId })
    await settle()
    assert.deepEqual(await drafts(), ['CALENDAR 2026-06-15'])
    await app.travelTo(`2026-06-15T1${time + 1}:00:00+02:00`)
  }
  const hour = { nextRunAt: '2026-06-16T00:30:00Z', lastRunAt: '2026-06-15T09:00:00Z' }
  assert.deepEqual(await find(name), { name, runs: 'DAILY', ...hour })
})

test('a job that runs when something is due has no hour; staff wake the jobs of their company at once', async () => {
  const { studioId, tenantId } = app.berlin
  const name = 'contracts.advance'
  assert.deepEqual(await find(name), { name, runs: 'WHEN_DUE' })
  const woken = new Promise((resolve) => {
    const listening = app.platform.database.listen([JOBS_CHANNEL], (notice) => notice && resolve(notice.payload))
    void listening.then(() => staff.run(api.runJob, {}, { name, studioId }))
  })
  assert.equal(await woken, String(tenantId))
})

test('a job that is not there is refused with those that are', async () => {
  const { studioId } = app.berlin
  await settle()
  const { code, details } = await staff.refuse(api.runJob, {}, { name: 'payments.everything', studioId })
  assert.equal(code, 'errormessage.validation.enum')
  assert.ok(JSON.stringify(details.args).includes('payments.draftRuns'))
  assert.equal((await staff.refuse(api.runJob, {}, { name: 'x', studioId: 1 })).code, 'errormessage.studio.notFound')
})
