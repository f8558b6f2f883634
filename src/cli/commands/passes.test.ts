import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import sharp from 'sharp'
import { openTestApp } from '../../../test/support/app.ts'
import { commandLine } from '../../../test/support/command-line.ts'
import { addCustomer } from '../../../test/support/scenes/customers.ts'

interface Named {
  readonly name: string
}
const names = (rows: readonly Named[]) => rows.map(({ name }) => name)

test('staff say what is sold when to whom and for how much, in which order, and take conditions back', async () => {
  await using app = await openTestApp()
  const run = commandLine(app)
  const add = async (line: string): Promise<number> =>
    (await run(`online-offer create --studio 123 ${line}`)).onlineOfferId
  const hours = await add('--name "Two hours" --period 2h --redeem-within 7d --price 9.50 --on-account')
  const card = await add('--name "Card of ten" --period 1y --visits 10 --price 120 --sale-from 2026-07-01 --limit 1')
  const guest = await add('--name "Guest" --period 1d --rate-code "Tier: Premium" --description "For friends"')
  const sold = async () => names((await app.get('/v1/online-offers/purchasable')).body.result)
  assert.deepEqual(await sold(), ['Two hours', 'Guest'])
  await run(`online-offer update ${card} --clear sale_from,limit`)
  assert.deepEqual(await run(`online-offer order 123 --offers ${guest},${card}`), { offerIds: [guest, card, hours] })
  assert.deepEqual(await sold(), ['Guest', 'Card of ten', 'Two hours'])
  await run(`online-offer update ${guest} --no-active`)
  assert.deepEqual(names(await run('online-offer list --studio 123 --active')), ['Card of ten', 'Two hours'])
  assert.deepEqual(await run('online-offer list --studio 124'), [])
  await assert.rejects(run(`online-offer order 124 --offers ${guest}`), /onlineOffer.notFound/)
  await assert.rejects(run(`online-offer update ${card} --sale-from 2026-02-02 --sale-to 2026-02-01`), /dateOrder/)
  const { price, periodOfUse } = (await app.get(`/v1/online-offers/purchasable/${hours}`)).body
  assert.deepEqual(
    [price, periodOfUse],
    [
      { amount: 9.5, currency: 'EUR' },
      { value: 2, unit: 'HOURS' },
    ],
  )
})

test('staff give an offer a picture, which partners get a link to', async () => {
  await using app = await openTestApp()
  const run = commandLine(app)
  const folder = await mkdtemp(join(tmpdir(), 'palestra-picture-'))
  try {
    const path = join(folder, 'pass.png')
    const picture = { width: 8, height: 8, channels: 3, background: '#808080' } as const
    await writeFile(path, await sharp({ create: picture }).png().toBuffer())
    const { onlineOfferId } = await run('online-offer create --studio 123 --name "Day pass" --period 1d')
    const { fileId } = await run(`online-offer image-set ${onlineOfferId} ${path}`)
    assert.deepEqual(await run(`online-offer image-set ${onlineOfferId} ${path}`), { fileId })
    const { imageUrl } = (await app.get(`/v1/online-offers/purchasable/${onlineOfferId}`)).body
    const { pathname, search } = new URL(imageUrl)
    const shown = await app.app.server.inject({ method: 'GET', url: pathname + search })
    assert.deepEqual([shown.statusCode, shown.headers['content-type']], [200, 'image/jpeg'])
  } finally {
    await rm(folder, { recursive: true })
  }
})

test('staff find passes by customer, offer, studio and state, and correct their visits', async () => {
  await using app = await openTestApp()
  const run = commandLine(app)
  const customerId = await addCustomer(app)
  const { onlineOfferId } = await run('online-offer create --studio 123 --name "Day pass" --period 1d')
  const give = async (from: string): Promise<number> =>
    (await run(`pass grant ${customerId} ${onlineOfferId} --from ${from}`)).passId
  const [over, used, open] = [await give('2026-06-14'), await give('2026-06-15'), await give('2026-06-20')]
  await run(`pass set-remaining ${used} 0`)
  const ids = async (line: string) => (await run(`pass list ${line}`)).map(({ id }: { id: number }) => id)
  assert.deepEqual(await ids(`--customer ${customerId}`), [open, used, over])
  assert.deepEqual(await ids(`--offer ${onlineOfferId} --state valid`), [open])
  assert.deepEqual(await ids('--studio 123 --state used_up'), [used])
  assert.deepEqual(await ids(`--state expired --before ${used}`), [over])
  assert.deepEqual(await ids(`--before ${open} --limit 1`), [used])
  assert.deepEqual(await ids('--studio 124'), [])
  await assert.rejects(run(`pass set-remaining ${used} 2`), /validation.max/)
})
