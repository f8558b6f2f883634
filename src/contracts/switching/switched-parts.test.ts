import assert from 'node:assert/strict'
import { after, afterEach, before, test } from 'node:test'
import { and, eq, sql } from 'drizzle-orm'
import { openTestApp, type TestApp } from '../../../test/support/app.ts'
import { listEvents } from '../../../test/support/records.ts'
import { day, monthly, percent } from '../../../test/support/samples/contract-plan.ts'
import { assertLedgerWhole } from '../../../test/support/scenes/accounts.ts'
import { showClaims } from '../../../test/support/scenes/contract-scene.ts'
import { addOfferVoucher } from '../../../test/support/scenes/offer-world.ts'
import { addToken } from '../../../test/support/scenes/payment-scene.ts'
import {
  openSwitch,
  payUntilMarch,
  shownLines,
  switchCalls,
  type SwitchScene,
} from '../../../test/support/scenes/switch-scene.ts'
import { listContractClaims } from '../../accounts/index.ts'
import { packPlan } from '../../membership-offers/index.ts'
import { membershipVouchers, modules } from '../../membership-offers/tables.ts'
import { finishChange } from '../changing/finish-change.ts'
import { contractCancelations, contracts, idlePeriods, subContracts } from '../tables.ts'

// Monday 16 March 2026, 09:00 in Berlin.

let app: TestApp
let calls: ReturnType<typeof switchCalls>
before(async () => {
  app = await openTestApp({ now: '2026-03-16T09:00:00+01:00' })
  calls = switchCalls(app)
})
after(() => app.close())
afterEach(() => assertLedgerWhole(app))

const openScene = (scene?: SwitchScene) => openSwitch(app, scene)

/** Sells a module for 10.00 a month from 1 February, by its own terms. */
async function sellModule(contractId: number, origin: 'ADDITIONAL' | 'OPTIONAL') {
  return app.write(async (work) => {
    const stamps = { createdAt: work.now, updatedAt: work.now }
    const module = { name: 'Drinks', extensionType: 'NONE', ...stamps } as const
    const [sold] = await work.tx.insert(modules).values(module).returning({ id: modules.id })
    const plan = packPlan({
      componentId: 0,
      name: 'Drinks',
      paidFrom: day('2026-02-01'),
      signedOn: day('2026-02-01'),
      frequency: monthly('10.00'),
      ageAdjustments: [],
      alignment: 'MAIN_CONTRACT',
    })
    const [row] = await work.tx
      .insert(subContracts)
      .values({
        contractId,
        kind: 'MODULE',
        origin,
        moduleId: sold?.id as number,
        name: 'Drinks',
        startDate: day('2026-02-01'),
        snapshot: { name: 'Drinks', extensionType: 'TERM_EXTENSION', plan, services: [] },
        ...stamps,
      })
      .returning({ id: subContracts.id })
    await finishChange(work, { contractId, action: 'contract.moduleSold', effectiveFrom: day('2026-02-01') })
    return row?.id as number
  })
}
const findModule = async (id: number) =>
  (await app.read(({ db }) => db.select().from(subContracts).where(eq(subContracts.id, id))))[0]

test('a bought module goes over with its billing, one of the offer ends', async () => {
  const { customerId, contractId, wish } = await openScene({ config: { carryAdditionalModules: true } })
  const [bought, included] = [await sellModule(contractId, 'ADDITIONAL'), await sellModule(contractId, 'OPTIONAL')]
  await payUntilMarch(app, customerId, contractId)
  const { body } = await calls.preview(customerId, wish)
  // 16 of 31 days of the rate and of the module of the offer.
  const credits = shownLines(body).filter((line) => line.includes(' -'))
  assert.deepEqual(credits, ['2026-03-16 -15.43', '2026-03-16 -5.16'])
  assert.equal(body.paymentPreview.dueOnSigningAmount.amount, 24.31)
  const { token } = await addToken(app, { amount: '24.31', customerId })
  const known = (await listEvents(app)).length
  const answer = await calls.change(customerId, { ...wish, initialPaymentRequestToken: token })
  assert.equal(answer.status, 200, answer.text)
  const newId = Number(answer.headers['x-contract-id'])
  const [moved, ended] = [await findModule(bought), await findModule(included)]
  assert.deepEqual([moved?.contractId, moved?.committedEnd], [newId, null])
  assert.deepEqual([ended?.contractId, ended?.committedEnd?.toString()], [contractId, '2026-03-15'])
  assert.equal(await calls.balance(customerId), '0.00')
  const claims = (await showClaims(app, newId)).filter((claim) => claim.endsWith(' 10.00'))
  assert.deepEqual(claims.slice(0, 3), [
    'POSTED 2026-03-16 10.00',
    'POSTED 2026-03-16 10.00',
    'SCHEDULED 2026-04-01 10.00',
  ])
  const events = (await listEvents(app)).slice(known).filter(({ type }) => type.includes('MODULE'))
  assert.deepEqual(
    events.map(({ type, content }) => [type, content]),
    [
      ['CONTRACT_ADDITIONAL_MODULE_CANCELLED', { contractId, moduleContractId: included }],
      ['CONTRACT_ADDITIONAL_MODULE_UPDATED', { contractId: newId, moduleContractId: bought }],
    ],
  )
})

test('a bought module ends where the way takes none along', async () => {
  const { customerId, contractId, wish } = await openScene({ price: '9.90' })
  const bought = await sellModule(contractId, 'ADDITIONAL')
  await payUntilMarch(app, customerId, contractId)
  assert.equal((await calls.change(customerId, wish)).status, 200)
  const row = await findModule(bought)
  assert.deepEqual([row?.contractId, row?.committedEnd?.toString()], [contractId, '2026-03-15'])
  assert.equal(await calls.balance(customerId), '10.69')
})

test('pauses end with it, later ones are dropped, and wishes for pauses come to nothing', async () => {
  const { customerId, contractId, wish } = await openScene({ offer: { terms: [{}] } })
  await app.write(({ tx, now }) =>
    tx.insert(idlePeriods).values(
      [
        ['2026-03-10', '2026-03-31', 'ACCEPTED'] as const,
        ['2026-05-01', '2026-05-31', 'ACCEPTED'] as const,
        ['2026-07-01', '2026-07-31', 'PENDING_VERIFICATION'] as const,
      ].map(([from, to, state]) => ({
        contractId,
        startDate: day(from),
        endDate: day(to),
        state,
        policySnapshot: {},
        createdAt: now,
        updatedAt: now,
      })),
    ),
  )
  const known = (await listEvents(app)).length
  const answer = await calls.change(customerId, wish)
  assert.equal(answer.status, 200, answer.text)
  const rows = await app.read(({ db }) =>
    db.select().from(idlePeriods).where(eq(idlePeriods.contractId, contractId)).orderBy(idlePeriods.startDate),
  )
  assert.deepEqual(
    rows.map(({ endDate, state }) => `${endDate} ${state}`),
    ['2026-03-15 ACCEPTED', '2026-05-31 WITHDRAWN', '2026-07-31 REJECTED'],
  )
  const events = (await listEvents(app)).slice(known).filter(({ type }) => type.includes('IDLE'))
  assert.deepEqual(
    events.map(({ type }) => type),
    ['CONTRACT_IDLE_PERIOD_CANCELLED'],
  )
})

test('the cancelation is one by the studio, for a switch', async () => {
  const { customerId, contractId, wish } = await openScene({ offer: { terms: [{}] } })
  assert.equal((await calls.change(customerId, wish)).status, 200)
  const rows = await app.read(({ db }) =>
    db
      .select()
      .from(contractCancelations)
      .where(and(eq(contractCancelations.contractId, contractId), eq(contractCancelations.kind, 'SWITCH'))),
  )
  assert.deepEqual(
    rows.map(({ origin, state, toDate }) => [origin, state, toDate.toString()]),
    [['STUDIO', 'EFFECTIVE', '2026-03-15']],
  )
})

/** A company pays a quarter of all prices of the contract that is signed with it. */
const quarter = {
  windows: [],
  appliesToRate: true,
  appliesToPreUse: false,
  appliesToModules: true,
  omitsStarterPackage: false,
  flatFeeIdentifiers: [],
  companyShare: { type: 'PERCENTAGE', part: percent('25') },
} as const

async function nameCompany(contractId: number) {
  const split = { companySplitType: 'PERCENTAGE', companySplitPercentage: '25' } as const
  const voucherId = await addOfferVoucher(app, { code: 'ACME', type: 'COMPANY_FEE_SPLIT', company: 'Acme', ...split })
  await app.write(({ tx }) =>
    tx.execute(sql`
      update ${contracts} set snapshot = snapshot || jsonb_build_object('voucher', jsonb_build_object(
        'voucherId', v.id, 'code', 'ACME', 'type', v.type, 'companyId', v.company_id, 'companyName', 'Acme'))
      from ${membershipVouchers} v where v.id = ${voucherId} and ${contracts.id} = ${contractId}`),
  )
}

test('a bought module keeps its price, and the company that pays a part of it', async () => {
  const scene = { plan: { voucher: quarter }, config: { carryAdditionalModules: true }, price: '9.90' }
  const { customerId, contractId, wish } = await openScene(scene)
  await nameCompany(contractId)
  const bought = await sellModule(contractId, 'ADDITIONAL')
  await payUntilMarch(app, customerId, contractId)
  const answer = await calls.change(customerId, wish)
  assert.equal(answer.status, 200, answer.text)
  const claims = await app.read(({ db }) => listContractClaims(db, Number(answer.headers['x-contract-id'])))
  const shares = claims
    .filter(({ componentId, state }) => componentId === bought && state !== 'VOID')
    .map(({ periodFrom, payer, companyId, amount }) => `${periodFrom} ${payer} ${companyId !== null} ${amount}`)
  // What was booked of the month that runs is all that it costs, and later months cost what they have cost.
  for (const month of ['2026-02-01', '2026-03-01', '2026-04-01', '2026-12-01']) {
    assert.deepEqual(shares.filter((share) => share.startsWith(month)).toSorted(), [
      `${month} COMPANY true 250`,
      `${month} MEMBER false 750`,
    ])
  }
})
