import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openTestApp } from '../../../test/support/app.ts'
import { commandLine } from '../../../test/support/command-line.ts'
import { visitScene } from '../../../test/support/scenes/visit-scene.ts'

test('staff sell nothing but give a pass, let its holder in and out, and put the visit right', async () => {
  await using app = await openTestApp()
  const run = commandLine(app)
  const { guest, utilization } = visitScene(app)
  const customerId = await guest()
  const { onlineOfferId } = await run('online-offer create --studio 123 --name "Day pass" --period 1d --price 15')
  await run(`online-offer update ${onlineOfferId} --visits 2 --limit 1`)
  const { passId, validTo } = await run(`pass grant ${customerId} ${onlineOfferId} --from 2026-06-15 --period 3d`)
  assert.equal(validTo, '2026-06-17')
  assert.deepEqual(await run(`visit check ${customerId} --studio 123`), { kind: 'PASS', passId })
  const { visitId } = await run(`visit check-in ${customerId} --studio 123`)
  assert.equal(await utilization(), 1)
  assert.deepEqual(
    (await run('visit list --studio 123')).map((row: { visitId: number }) => row.visitId),
    [visitId],
  )
  assert.equal((await run(`visit check-out ${customerId} --studio 123`)).visitId, visitId)
  await run(`visit correct ${visitId} --in 2026-06-15T08:00:00+02:00 --reason "Came earlier"`)
  await run(`pass set-remaining ${passId} 2`)
  const [pass] = await run(`pass list --customer ${customerId}`)
  assert.equal(pass.remaining, 2)
  const settings = '--capacity 5 --enforce-capacity on --admit-bookings off --out-after 240 --out-at-closing on'
  await run(`visit settings 123 ${settings} --out-at 23:30`)
  await run('visit settings 123 --out-at off --out-after off')
  assert.equal((await app.get('/v1/studios/utilization')).body.capacity, 5)
  assert.deepEqual(
    (await run('online-offer list --studio 123')).map(({ name, quantity }: { name: string; quantity: number }) => [
      name,
      quantity,
    ]),
    [['Day pass', 2]],
  )
})
