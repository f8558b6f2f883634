import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { eq } from 'drizzle-orm'
import { openTestApp, type TestApp } from '../../../test/support/app.ts'
import { listAudit, listEvents } from '../../../test/support/records.ts'
import { samplePlan } from '../../../test/support/samples/contract-plan.ts'
import { signPlan } from '../../../test/support/scenes/contract-scene.ts'
import { addCustomer } from '../../../test/support/scenes/customers.ts'
import { openStaff, type Staff } from '../../../test/support/scenes/staff.ts'
import { contractsModule } from '../index.ts'
import * as inspecting from '../inspecting/staff-api.ts'
import { contractCheckinStudios } from '../tables.ts'
import { listCheckinStudios } from './details-store.ts'
import * as api from './staff-api.ts'

let app: TestApp
let staff: Staff
before(async () => {
  app = await openTestApp()
  staff = openStaff(app, contractsModule)
})
after(() => app.close())

async function sign() {
  const customerId = await addCustomer(app)
  return { customerId, contractId: await signPlan(app, customerId, samplePlan()) }
}
async function newEvents(call: () => Promise<unknown>) {
  const known = (await listEvents(app)).length
  await call()
  return (await listEvents(app)).slice(known).map(({ type, entityId }) => `${type} ${entityId}`)
}
const change = (contractId: number, body: object) => staff.run(api.changeContract, { contractId }, body)
/** What is on record of a contract since it was signed. */
const listActions = async (contractId: number) =>
  (await listAudit(app))
    .filter(({ action, entityId }) => /^contract\.(noted|checkin)/.test(action) && entityId === contractId)
    .map(({ action }) => action)
const doors = (contractId: number) => app.read(({ db }) => listCheckinStudios(db, contractId))

test('staff note something of a contract; partners learn of it once, and the words stay out of the audit log', async () => {
  const { customerId, contractId } = await sign()
  const notes = async () => (await staff.run(inspecting.showContract, { contractId })).notes
  const events = await newEvents(async () => {
    for (let time = 0; time < 2; time++) await change(contractId, { notes: 'Pays late' })
  })
  assert.deepEqual([events, await notes()], [[`CONTRACT_UPDATED ${customerId}`], 'Pays late'])
  assert.ok(!JSON.stringify(await listAudit(app)).includes('Pays late'))
  assert.deepEqual(await listActions(contractId), ['contract.noted'])
  await change(contractId, { notes: '' })
  assert.equal(await notes(), undefined)
})

test('the studios of a contract are the same in any order, and none is not all', async () => {
  const { contractId } = await sign()
  const several = [app.berlin.studioId, app.hamburg.studioId].toSorted((a, b) => b - a)
  await app.write(({ tx }) =>
    tx.delete(contractCheckinStudios).where(eq(contractCheckinStudios.contractId, contractId)),
  )
  const news = async (body: object) => (await newEvents(() => change(contractId, body))).length
  const steps = [
    await news({ checkinEverywhere: true }),
    await news({ checkinStudioIds: several }),
    await news({ checkinStudioIds: several }),
    await news({ checkinStudioIds: several.toReversed() }),
  ]
  assert.deepEqual(steps, [1, 1, 0, 0])
  assert.deepEqual(await doors(contractId), several.toReversed())
  assert.deepEqual(await listActions(contractId), ['contract.checkinStudiosSet', 'contract.checkinStudiosSet'])
})

test('staff say where a contract lets its member in', async () => {
  const { customerId, contractId } = await sign()
  const { studioId } = app.berlin
  const known = await doors(contractId)
  const events = await newEvents(async () => {
    for (let time = 0; time < 2; time++) await change(contractId, { checkinStudioIds: [studioId] })
    await change(contractId, { checkinEverywhere: true })
  })
  assert.deepEqual(
    events,
    [1, 2].map(() => `CUSTOMER_CHECKIN_STUDIOS_UPDATED ${customerId}`),
  )
  assert.deepEqual([known.includes(studioId), await doors(contractId)], [false, [null]])
  const both = { checkinStudioIds: [studioId], checkinEverywhere: true }
  assert.equal((await staff.refuse(api.changeContract, { contractId }, both)).code, 'errormessage.validation.enum')
  const unknown = await staff.refuse(api.changeContract, { contractId }, { checkinStudioIds: [1] })
  assert.equal(unknown.code, 'errormessage.studio.notFound')
  assert.equal((await staff.refuse(api.changeContract, { contractId: 1 }, {})).code, 'errormessage.contract.notFound')
})
