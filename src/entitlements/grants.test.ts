import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { eq } from 'drizzle-orm'
import { openTestApp, type TestApp } from '../../test/support/app.ts'
import { listAudit } from '../../test/support/records.ts'
import { addCustomer } from '../../test/support/scenes/customers.ts'
import { openStaff, type Staff } from '../../test/support/scenes/staff.ts'
import { createService, entitlementsModule } from './index.ts'
import * as api from './staff-api.ts'
import { entitlements } from './tables.ts'

// Monday 15 June 2026, 09:00 in Berlin.
let app: TestApp
let staff: Staff
before(async () => {
  app = await openTestApp()
  staff = openStaff(app, entitlementsModule)
})
after(() => app.close())

test('staff give or sell uses of a service, and a dry run gives none', async () => {
  const { studioId } = app.berlin
  const customerId = await addCustomer(app)
  const serviceId = await app.write((work) => createService(work, { name: 'Massage', kind: 'APPOINTMENT' }))
  const grant = (body: object, how = {}) =>
    staff.run(api.grantEntitlement, { customerId }, { serviceId, studioId, ...body }, how)
  const refuse = async (params: object, body: object) =>
    (await staff.refuse(api.grantEntitlement, params, { serviceId, studioId, ...body })).code
  const given = async () => {
    const rows = await app.read(({ db }) =>
      db.select().from(entitlements).where(eq(entitlements.customerId, customerId)).orderBy(entitlements.id),
    )
    return rows.map((row) => `${row.source} ${row.quantity} ${row.validFrom} ${row.validTo}`)
  }
  await grant({}, { dryRun: true })
  assert.deepEqual(await given(), [])
  await grant({})
  await grant({ source: 'PACKAGE', quantity: 10, from: '2026-07-01', to: '2026-12-31' })
  assert.deepEqual(await given(), ['GRANT null 2026-06-15 null', 'PACKAGE 10 2026-07-01 2026-12-31'])
  assert.equal(await refuse({ customerId: 999_999 }, {}), 'errormessage.customer.notFound')
  assert.equal(await refuse({ customerId }, { studioId: 999_999 }), 'errormessage.studio.notFound')
  assert.equal(await refuse({ customerId }, { to: '2026-06-14' }), 'errormessage.validation.dateOrder')
})

test('staff see what a customer may use, and end what they have given, from now on or with a day', async () => {
  const { studioId } = app.berlin
  const customerId = await addCustomer(app)
  const serviceId = await app.write((work) => createService(work, { name: 'Sauna', kind: 'USAGE' }))
  const grant = async () =>
    (await staff.run(api.grantEntitlement, { customerId }, { serviceId, studioId, quantity: 3 })).entitlementId
  const [one, other] = [await grant(), await grant()]
  await staff.run(api.endEntitlement, { entitlementId: one }, {})
  for (let time = 0; time < 2; time++) {
    await staff.run(api.endEntitlement, { entitlementId: other }, { lastDay: '2026-06-30' })
  }
  const shown = { source: 'GRANT', service: 'Sauna', quantity: 3, used: 0, from: '2026-06-15' }
  assert.deepEqual((await staff.run(api.listEntitlements, { customerId })).entitlements, [
    { entitlementId: one, ...shown, to: '2026-06-14' },
    { entitlementId: other, ...shown, to: '2026-06-30' },
  ])
  const ended = (await listAudit(app)).filter(({ action }) => action === 'entitlement.ended')
  assert.deepEqual(
    ended.map(({ entityId }) => entityId),
    [one, other],
  )
})

test('what follows from a contract is not ended by hand', async () => {
  const { studioId } = app.berlin
  const customerId = await addCustomer(app)
  const serviceId = await app.write((work) => createService(work, { name: 'Drinks', kind: 'USAGE' }))
  const { entitlementId } = await staff.run(api.grantEntitlement, { customerId }, { serviceId, studioId })
  await app.write(({ tx }) => tx.update(entitlements).set({ source: 'RATE' }).where(eq(entitlements.id, entitlementId)))
  const { code } = await staff.refuse(api.endEntitlement, { entitlementId }, {})
  assert.equal(code, 'errormessage.entitlement.notFound')
})
