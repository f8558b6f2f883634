import assert from 'node:assert/strict'
import { test } from 'node:test'
import { eq, isNull, and } from 'drizzle-orm'
import { listContractClaims } from '../../src/accounts/index.ts'
import * as idle from '../../src/contracts/idle-periods/staff-api.ts'
import { contractsModule } from '../../src/contracts/index.ts'
import { contracts, idlePeriods, subContracts } from '../../src/contracts/tables.ts'
import { membershipOffersModule } from '../../src/membership-offers/index.ts'
import { idleReasons } from '../../src/membership-offers/tables.ts'
import { openTestApp, outOfTurn, type TestAnswer, type TestApp } from '../support/app.ts'
import { listEvents } from '../support/records.ts'
import { day } from '../support/samples/contract-plan.ts'
import { assertLedgerWhole } from '../support/scenes/accounts.ts'
import { policy } from '../support/scenes/idle-scene.ts'
import { addModule, buyModule } from '../support/scenes/module-scene.ts'
import { addToken } from '../support/scenes/payment-scene.ts'
import { openStaff } from '../support/scenes/staff.ts'
import { openSwitch, switchCalls } from '../support/scenes/switch-scene.ts'
import { openVoiding } from '../support/scenes/voiding-scene.ts'
import { runUnlocked } from '../support/unlocked.ts'

// Contracts of 1 June 2026; it is the 15th.

const inWords = ({ status, body }: TestAnswer) =>
  status === 200 ? 'done' : `${status} ${String(body.errorCode).split('.').at(-1)}`

async function withdrawTwice(app: TestApp) {
  const scene = openVoiding(app)
  const contract = await scene.sign()
  const answers = await Promise.all([scene.withdraw(contract), scene.withdraw(contract)])
  const sent = (await listEvents(app)).filter(({ type }) => type === 'CONTRACT_REVERSED')
  return { answers: answers.map(inWords).toSorted(), sent: sent.length }
}

test('of two withdrawals from one contract one counts, and partners learn of it once', async () => {
  await using app = await openTestApp(outOfTurn)
  assert.deepEqual(await withdrawTwice(app), { answers: ['400 withdrawalPeriodOver', 'done'], sent: 1 })
})

test('control: without locks both count', () =>
  runUnlocked({ pauseBefore: /^update "contracts" set .*"voided_at"/ }, async (app) =>
    assert.deepEqual(await withdrawTwice(app), { answers: ['done', 'done'], sent: 2 }),
  ))

/** Buys a module to a contract that is withdrawn from at the same time. Answers how many modules are left without a contract. */
async function buyMeanwhile(app: TestApp) {
  const scene = openVoiding(app)
  const module = await addModule(openStaff(app, membershipOffersModule))
  const contract = await scene.sign()
  await Promise.all([buyModule(app, contract.contractId, module), scene.withdraw(contract)])
  assert.ok((await scene.row(contract))?.voidedAt)
  const isOwn = and(eq(subContracts.contractId, contract.contractId), isNull(subContracts.voidedAt))
  return app.read(({ db }) => db.$count(subContracts, isOwn))
}

test('no module outlives the contract to which it is bought while that is withdrawn from', async () => {
  await using app = await openTestApp(outOfTurn)
  for (let round = 0; round < 4; round++) assert.equal(await buyMeanwhile(app), 0)
  await assertLedgerWhole(app)
})

test('control: without locks a module is left without its contract', () =>
  runUnlocked({ pauseBefore: /^insert into "sub_contracts"|^commit/i }, async (app) =>
    assert.equal(await buyMeanwhile(app), 1),
  ))

test('a payment of a claim that is given up at the same time is booked as credit or refused, never lost', async () => {
  await using app = await openTestApp(outOfTurn)
  const scene = openVoiding(app)
  for (let round = 0; round < 4; round++) {
    const contract = await scene.sign()
    const { customerId, contractId } = contract
    const [claim] = await app.read(({ db }) => listContractClaims(db, contractId))
    const { token } = await addToken(app, { customerId, amount: '30.00' })
    const body = {
      amount: { amount: 30, currency: 'EUR' },
      paymentRequestToken: token,
      debtClaimIds: [claim?.id],
    }
    const pay = () => app.post(`/v1/customers/${customerId}/account/payment`, body)
    const [paid, withdrawn] = await Promise.all([pay(), scene.withdraw(contract)])
    assert.equal(inWords(withdrawn), 'done')
    const [said, left] = [inWords(paid), await scene.balance(contract)]
    assert.ok(['done 30.00', '400 claimNotPayable 0.00'].includes(`${said} ${left}`), `${said} ${left}`)
    await assertLedgerWhole(app)
  }
})

test('a switch and a withdrawal from the contract before it leave no claim of that and at most one new contract', async () => {
  await using app = await openTestApp(outOfTurn)
  const scene = openVoiding(app)
  for (let round = 0; round < 3; round++) {
    const plan = { start: day('2026-06-01'), signedOn: day('2026-06-01') }
    const offer = { terms: [{ frequency: { price: '44.90' } }] }
    const { customerId, contractId, wish } = await openSwitch(app, { plan, offer })
    const change = () => switchCalls(app).change(customerId, { ...wish, startDate: '2026-06-15' })
    const [switched, withdrawn] = await Promise.all([change(), scene.withdraw({ customerId, contractId })])
    assert.equal(inWords(withdrawn), 'done')
    const isLiving = and(eq(contracts.customerId, customerId), isNull(contracts.voidedAt))
    assert.equal(await app.read(({ db }) => db.$count(contracts, isLiving)), switched.status === 200 ? 1 : 0)
    const claims = await app.read(({ db }) => listContractClaims(db, contractId))
    assert.equal(
      claims.reduce((sum, { state, amount }) => (state === 'VOID' ? sum : sum + amount), 0n),
      0n,
    )
    await assertLedgerWhole(app)
  }
})

/** Pauses a contract that is withdrawn from at the same time. Answers how many pauses are left without a contract. */
async function pauseMeanwhile(app: TestApp) {
  const scene = openVoiding(app)
  const contract = await scene.sign({}, { idlePolicy: policy })
  const reasonId = await app.write(async ({ tx, now }) => {
    const reason = { studioId: app.berlin.studioId, name: 'Vacation', position: 0, createdAt: now, updatedAt: now }
    return (await tx.insert(idleReasons).values(reason).returning({ id: idleReasons.id }))[0]?.id
  })
  const { contractId } = contract
  const wish = { startDate: '2026-08-01', termValue: 1, reasonId }
  const pause = openStaff(app, contractsModule).run(idle.createIdlePeriod, { contractId }, wish)
  const [, withdrawn] = await Promise.allSettled([pause, scene.withdraw(contract)])
  assert.equal(withdrawn.status, 'fulfilled')
  const isLive = and(eq(idlePeriods.contractId, contractId), eq(idlePeriods.state, 'ACCEPTED'))
  return app.read(({ db }) => db.$count(idlePeriods, isLive))
}

test('no pause outlives the contract that is withdrawn from while it pauses', async () => {
  await using app = await openTestApp(outOfTurn)
  for (let round = 0; round < 4; round++) assert.equal(await pauseMeanwhile(app), 0)
  await assertLedgerWhole(app)
})

test('control: without locks a pause is left without its contract', () =>
  runUnlocked({ pauseBefore: /^insert into "idle_periods"|^commit/i }, async (app) =>
    assert.equal(await pauseMeanwhile(app), 1),
  ))
