import assert from 'node:assert/strict'
import { test } from 'node:test'
import { contractCancelations } from '../../src/contracts/tables.ts'
import { openTestApp, outOfTurn } from '../support/app.ts'
import { meetingPoint } from '../support/meeting-point.ts'
import { day } from '../support/samples/contract-plan.ts'
import { openCanceling, outcome } from '../support/scenes/canceling-scene.ts'
import { assertBooksWhole } from '../support/scenes/money-whole.ts'

test('of two cancelations to different days that meet, one is taken and the other is a conflict', async () => {
  await using app = await openTestApp(outOfTurn)
  const { sign, cancel } = await openCanceling(app)
  for (let round = 0; round < 5; round++) {
    const contract = await sign()
    const answers = await Promise.all(['2026-12-31', '2027-01-31'].map((date) => cancel(contract, date)))
    assert.deepEqual(answers.map(outcome).toSorted(), ['409 contract.cancelationExists', 'true'])
  }
  assert.equal(await app.read(({ db }) => db.$count(contractCancelations)), 5)
  await assertBooksWhole(app)
})

test('control: code that looks for a cancelation without a lock finds none twice, and only the database stops it', async () => {
  await using app = await openTestApp(outOfTurn)
  const { sign } = await openCanceling(app)
  const { contractId } = await sign()
  const meet = meetingPoint(2)
  const careless = (toDate: string) =>
    app.write(async ({ tx, now }) => {
      const found = await tx.$count(contractCancelations)
      await meet()
      const kind = { kind: 'ORDINARY', origin: 'CUSTOMER', state: 'EFFECTIVE' } as const
      const days = { receiptDate: day('2026-06-15'), toDate: day(toDate) }
      await tx
        .insert(contractCancelations)
        .values({ contractId, ...kind, ...days, createdAt: now, updatedAt: now })
        .onConflictDoNothing()
      return found
    })
  assert.deepEqual(await Promise.all([careless('2026-12-31'), careless('2027-01-31')]), [0, 0])
  assert.equal(await app.read(({ db }) => db.$count(contractCancelations)), 1)
})
