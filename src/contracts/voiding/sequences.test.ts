import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { openTestApp } from '../../../test/support/app.ts'
import { day, months, starterPackage } from '../../../test/support/samples/contract-plan.ts'
import { assertLedgerWhole } from '../../../test/support/scenes/accounts.ts'
import { addModule, buyModule } from '../../../test/support/scenes/module-scene.ts'
import { openStaff } from '../../../test/support/scenes/staff.ts'
import { openVoiding } from '../../../test/support/scenes/voiding-scene.ts'
import { listContractClaims, postSigningClaims } from '../../accounts/index.ts'
import { membershipOffersModule } from '../../membership-offers/index.ts'
import { listWantedClaims } from '../changing/contract-claims.ts'
import { loadContracts } from '../changing/loading.ts'
import { repairCharges } from '../changing/repair.ts'
import { contractsModule } from '../index.ts'
import * as api from './staff-api.ts'

const steps = ['PAY', 'BOOK', 'MODULE'] as const
const story = fc.record({
  signedDaysAgo: fc.integer({ min: 0, max: 60 }),
  startsAfter: fc.integer({ min: 0, max: 20 }),
  chargeUsedDays: fc.boolean(),
  fee: fc.boolean(),
  steps: fc.array(fc.constantFrom(...steps), { maxLength: 5 }),
})

test('whatever was booked and paid of a contract before, a void leaves the charges of the used days and gives back the rest', async () => {
  await using app = await openTestApp({ now: '2026-06-30T10:00:00+02:00' })
  const scene = openVoiding(app)
  const staff = openStaff(app, contractsModule)
  const module = await addModule(openStaff(app, membershipOffersModule))
  const list = (contractId: number) => app.read(({ db }) => listContractClaims(db, contractId))
  await fc.assert(
    fc.asyncProperty(story, async ({ signedDaysAgo, startsAfter, chargeUsedDays, fee, steps }) => {
      const signedOn = day('2026-06-30').subtract({ days: signedDaysAgo })
      const contract = await scene.sign({
        signedOn,
        start: signedOn.add({ days: startsAfter }),
        initialTerm: months(1 + (signedDaysAgo % 3)),
        dueOnSigning: ['FIRST_CONTRACT_FEE', 'STARTER_PACKAGE'],
        flatFees: fee ? [starterPackage('39.00')] : [],
      })
      const { contractId, customerId } = contract
      for (const step of steps) {
        switch (step) {
          case 'PAY':
            await scene.pay(contract, '2026-06-30')
            break
          case 'BOOK':
            await app.write((work) => postSigningClaims(work, contract))
            break
          case 'MODULE':
            await buyModule(app, contractId, module)
        }
      }
      const before = await list(contractId)
      const paid = before.reduce(
        (sum, { state, amount, openAmount }) => (state === 'POSTED' ? sum + amount - openAmount : sum),
        0n,
      )
      const wish = { reason: 'Withdrawn', chargeUsedDays }
      await staff.run(api.voidContract, { contractId }, wish, { broken: ['WITHDRAWAL_PERIOD'] })
      const after = await list(contractId)
      const [reversed] = await app.read(({ db }) => loadContracts(db, [contractId]))
      assert.ok(reversed)
      const wanted = listWantedClaims(reversed, day('2026-06-30')).reduce((sum, { amount }) => sum + amount, 0n)
      const live = after.filter(({ state }) => state !== 'VOID')
      assert.equal(
        live.reduce((sum, { amount }) => sum + amount, 0n),
        wanted,
      )
      if (!chargeUsedDays) assert.equal(wanted, 0n)
      const booked = after.filter(({ state }) => state === 'POSTED').reduce((sum, { amount }) => sum + amount, 0n)
      assert.equal(await scene.balance(contract), (Number(paid - booked) / 100).toFixed(2))
      assert.ok(live.every(({ state, amount }) => state === 'POSTED' || amount > 0n))
      const drifted = await app.write((work) =>
        repairCharges(work, { studioId: app.berlin.studioId, customerIds: [customerId], runDate: day('2026-06-30') }),
      )
      assert.equal(drifted, 0)
      await assertLedgerWhole(app)
    }),
    { numRuns: 15 },
  )
})
