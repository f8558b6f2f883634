import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openTestApp, type TestApp } from '../../../test/support/app.ts'
import { commandLine } from '../../../test/support/command-line.ts'
import { maxMustermann, redeem } from '../../../test/support/scenes/voucher-world.ts'
import { createOnlineOffer } from '../../online-offers/index.ts'

let app: TestApp

before(async () => void (app = await openTestApp()))
after(() => app.close())

const run = (line: string) => commandLine(app)(line)

test('staff plan a campaign, make and export its codes, see who redeemed one and switch codes off', async () => {
  const dayPass = { name: 'Day pass', periodOfUseValue: 1, periodOfUseUnit: 'DAY', position: 1, studioId: 123 } as const
  const offerId = await app.write((work) => createOnlineOffer(work, dayPass))
  const { campaignId, prefix } = await run(
    `voucher campaign --name "June days" --from 2026-06-01 --to 2026-06-30 --studios 123 --offers ${offerId} --pass 1-week`,
  )
  const codes = await run(`voucher generate ${campaignId} --count 3`)
  assert.equal(codes.length, 3)
  assert.ok(codes[0].startsWith(prefix))
  assert.equal((await redeem(app, codes[0])).status, 200)
  const csv: string = await run(`voucher export ${campaignId}`)
  const [head, ...lines] = csv.split('\n')
  assert.equal(head, 'voucherId,code,maxRedemptions,redeemed,active')
  const cells = lines.map((line) => line.split(','))
  assert.deepEqual(
    cells.map(([, code, most, redeemed, active]) => [code, most, redeemed, active]),
    codes.map((code: string, n: number) => [code, '1', n === 0 ? '1' : '0', 'true']),
  )
  const [line] = await run(`voucher redemptions ${campaignId}`)
  assert.deepEqual([line.voucherId, line.validTo], [Number(cells[0]?.[0]), '2026-06-21'])
  const other = { ...maxMustermann, firstname: 'Moritz' }
  await run(`voucher deactivate ${cells[1]?.[0]}`)
  assert.equal((await redeem(app, codes[1], other)).body.errorCode, 'errormessage.checkinVoucher.inactive')
  await run(`voucher activate ${cells[1]?.[0]}`)
  await run(`voucher update ${campaignId} --no-active`)
  assert.equal((await redeem(app, codes[1], other)).body.errorCode, 'errormessage.checkinVoucher.inactive')
  await run(`voucher update ${campaignId} --active --per-person 2`)
  assert.equal((await redeem(app, codes[1], other)).status, 200)
  const [shown] = await run('voucher campaigns')
  assert.deepEqual([shown.codes, shown.redeemed], [3, 2])
})
