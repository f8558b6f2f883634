import assert from 'node:assert/strict'
import { test } from 'node:test'
import { eq } from 'drizzle-orm'
import { customers } from '../../src/customers/customer-table.ts'
import { findVoucher } from '../../src/vouchers/redemption-store.ts'
import { codeHashes } from '../../src/vouchers/codes.ts'
import { normaliseCode } from '../../src/vouchers/code-rules.ts'
import { checkinVouchers } from '../../src/vouchers/tables.ts'
import { openTestApp, type TestAnswer, type TestApp } from '../support/app.ts'
import { meetingPoint } from '../support/meeting-point.ts'
import { openTwoApps } from '../support/two-apps.ts'
import { addVouchers, evaMuster, maxMustermann, redeem, selectStored } from '../support/scenes/voucher-world.ts'

const outcomes = (answers: readonly TestAnswer[]) =>
  answers
    .map(({ status, body }) => (status === 200 ? 'redeemed' : body.errorCode.split('.').at(-1)))
    .sort((one, other) => one.localeCompare(other))

const countVoucherPeople = (app: TestApp) => app.read(({ db }) => db.$count(customers, eq(customers.source, 'VOUCHER')))

async function assertWhole(app: TestApp, campaignId: number, redemptions: number) {
  const { counted, rows } = await selectStored(app, campaignId)
  assert.deepEqual([counted, rows.length], [redemptions, redemptions])
  for (const member of ['passId', 'accessMediumId'] as const) {
    assert.equal(new Set(rows.map((row) => row[member])).size, redemptions)
  }
}

test('of two people at once one gets the voucher, and only that one is created', async () => {
  await using app = await openTestApp()
  for (let turn = 0; turn < 3; turn++) {
    const { code, campaignId } = await addVouchers(app)
    const [max, eva] = [maxMustermann, evaMuster].map((one) => ({ ...one, lastname: `${one.lastname}${turn}` }))
    const answers = await Promise.all([redeem(app, code, max), redeem(app, code, eva)])
    assert.deepEqual(outcomes(answers), ['exhausted', 'redeemed'])
    assert.equal(await countVoucherPeople(app), turn + 1)
    await assertWhole(app, campaignId, 1)
  }
})

test('a voucher of three for twelve people at two applications is redeemed three times', async () => {
  const [one, two, all] = await openTwoApps()
  await using _ = all
  const { code, campaignId } = await addVouchers(one, { maxRedemptions: 3 })
  const answers = await Promise.all(
    Array.from({ length: 12 }, (_, n) =>
      redeem([one, two][n % 2] as TestApp, code, { ...evaMuster, firstname: `Eva${n}` }),
    ),
  )
  assert.equal(outcomes(answers).filter((outcome) => outcome === 'redeemed').length, 3)
  await assertWhole(one, campaignId, 3)
})

test('one person many times at once gets one code, and of a campaign no more than the campaign allows', async () => {
  await using app = await openTestApp()
  const { codes, campaignId } = await addVouchers(app, { count: 3, maxRedemptions: 5 })
  const same = await Promise.all(Array.from({ length: 6 }, () => redeem(app, codes[0] ?? '')))
  assert.equal(new Set(same.map(({ body }) => body.studioAccessCode)).size, 1)
  assert.deepEqual(
    outcomes(same),
    Array.from({ length: 6 }, () => 'redeemed'),
  )
  const both = await Promise.all(codes.slice(1).map((code) => redeem(app, code, evaMuster)))
  assert.deepEqual(outcomes(both), ['personLimitReached', 'redeemed'])
  assert.equal(await countVoucherPeople(app), 2)
  await assertWhole(app, campaignId, 2)
})

test('control: code that reads how often a voucher was redeemed and then counts, gives it away twice', async () => {
  await using app = await openTestApp()
  const { code, campaignId } = await addVouchers(app)
  const hashes = codeHashes(app.platform.secrets, normaliseCode(code))
  const meet = meetingPoint(2)
  const careless = () =>
    app.write(async ({ tx }) => {
      const voucher = await findVoucher(tx, 123, hashes)
      const [row] = await tx.select().from(checkinVouchers).where(eq(checkinVouchers.campaignId, campaignId))
      await meet()
      if (!voucher || !row || row.redeemed >= row.maxRedemptions) return false
      await tx
        .update(checkinVouchers)
        .set({ redeemed: row.redeemed + 1 })
        .where(eq(checkinVouchers.id, row.id))
      return true
    })
  assert.deepEqual(await Promise.all([careless(), careless()]), [true, true])
})
