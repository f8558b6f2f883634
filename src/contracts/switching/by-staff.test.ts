import assert from 'node:assert/strict'
import { after, afterEach, before, test } from 'node:test'
import { openTestApp, type TestApp } from '../../../test/support/app.ts'
import { listAudit, listEvents } from '../../../test/support/records.ts'
import { assertLedgerWhole } from '../../../test/support/scenes/accounts.ts'
import { openStaff, type Staff } from '../../../test/support/scenes/staff.ts'
import { openSwitch, payUntilMarch, switchCalls, type SwitchScene } from '../../../test/support/scenes/switch-scene.ts'
import type { ApiError } from '../../platform/errors/errors.ts'
import { contractsModule } from '../index.ts'
import * as api from './staff-api.ts'

// Monday 16 March 2026, 09:00 in Berlin.

let app: TestApp
let staff: Staff
let calls: ReturnType<typeof switchCalls>
before(async () => {
  app = await openTestApp({ now: '2026-03-16T09:00:00+01:00' })
  staff = openStaff(app, contractsModule)
  calls = switchCalls(app)
})
after(() => app.close())
afterEach(() => assertLedgerWhole(app))

async function openScene(scene: SwitchScene = {}) {
  const { customerId, contractId, wish } = await openSwitch(app, scene)
  await payUntilMarch(app, customerId, contractId)
  const { sourceContractId: _source, ...asked } = wish
  return { customerId, contractId, wish, asked }
}

test('a dry run shows what the preview of the API shows; staff switch by the same unit, and take what is due at the desk', async () => {
  const { customerId, contractId, wish, asked } = await openScene()
  const { paymentPreview } = (await calls.preview(customerId, wish)).body
  const dry = await staff.run(api.switchContract, { contractId }, asked, { dryRun: true })
  assert.deepEqual([dry.paymentPreview, dry.open.amount], [paymentPreview, 29.47])
  assert.equal((await app.get(`/v1/customers/${customerId}/contracts`)).body.length, 1)
  const known = (await listEvents(app)).length
  const said = { ...asked, paidBy: 'CASH', reason: 'Asked at the desk' }
  const answer = await staff.run(api.switchContract, { contractId }, said)
  assert.deepEqual([answer.paymentPreview, answer.open.amount], [paymentPreview, 0])
  assert.equal(await calls.balance(customerId), '0.00')
  const types = (await listEvents(app)).slice(known).map(({ type }) => type)
  assert.deepEqual(
    types.filter((type) => type.startsWith('CONTRACT')),
    ['CONTRACT_CANCELLED', 'CONTRACT_UPDATED', 'CONTRACT_CREATED'],
  )
  const contracts: { id: number; contractOrigin: string }[] = (await app.get(`/v1/customers/${customerId}/contracts`))
    .body
  assert.equal(contracts.find(({ id }) => id === answer.contractId)?.contractOrigin, 'WEBCLIENT')
  const line = (await listAudit(app)).find(
    ({ action, entityId }) => action === 'contract.signed' && entityId === answer.contractId,
  )
  assert.deepEqual(line?.diff?.['reason'], [null, 'Asked at the desk'])
})

test('staff switch by the ways and rules of members, and a contract once, also beside the member', async () => {
  const { customerId, contractId, wish, asked } = await openScene({ offer: { terms: [{}] } })
  const refusal = async (body: object, id = contractId) =>
    (await staff.refuse(api.switchContract, { contractId: id }, { ...asked, ...body })).code.replace(
      'errormessage.',
      '',
    )
  assert.deepEqual(
    [
      await refusal({}, 999_999),
      await refusal({ configId: 999_999 }),
      await refusal({ membershipOfferTermId: 999_999 }),
      await refusal({ startDate: '2026-03-15' }),
    ],
    [
      'contract.notFound',
      'membershipSwitchConfig.notFound',
      'membershipSwitch.termNotDestination',
      'membershipSwitch.startDateInvalid',
    ],
  )
  const bothAtOnce = await Promise.all([
    staff.run(api.switchContract, { contractId }, asked).then(
      () => 'done',
      ({ code }: ApiError) => code,
    ),
    calls.change(customerId, wish).then(({ status, body }) => (status === 200 ? 'done' : body.errorCode)),
  ])
  assert.deepEqual(bothAtOnce.toSorted(), ['done', 'errormessage.membershipSwitch.sourceNotEligible'])
  assert.equal(await refusal({}), 'membershipSwitch.sourceNotEligible')
})
