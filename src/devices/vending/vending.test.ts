import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { and, eq } from 'drizzle-orm'
import { openTestApp, type TestApp } from '../../../test/support/app.ts'
import { runRoutine } from '../../../test/support/routines.ts'
import { deviceScene, type TestDevice } from '../../../test/support/scenes/device-scene.ts'
import { selectAccount, assertLedgerWhole, topUp } from '../../../test/support/scenes/accounts.ts'
import { visitScene } from '../../../test/support/scenes/visit-scene.ts'
import { customers } from '../../customers/index.ts'
import { studios } from '../../studios/tables.ts'
import { formatAmount } from '../../platform/values/money.ts'
import { purchaseSweeper } from '../purchase-jobs.ts'
import { vendingTransactions } from '../tables.ts'

let app: TestApp
before(async () => void (app = await openTestApp()))
after(async () => {
  await assertLedgerWhole(app)
  await app.close()
})

const at = (time: string) => app.travelTo(`2026-06-15T${time}+02:00`)
let used = 0
const newId = () => `20000000-0000-4000-8000-${String(++used).padStart(12, '0')}`

async function buyer(credit = '6.40') {
  const { card, member } = { ...deviceScene(app), ...visitScene(app) }
  const customerId = await member()
  await topUp(app, customerId, credit)
  const account = () =>
    app.read(async ({ db }) => {
      const { credit: left, balance } = await selectAccount(db, customerId)
      return [formatAmount(left), formatAmount(balance)]
    })
  return { customerId, account, identification: await card(customerId) }
}

type Buyer = Awaited<ReturnType<typeof buyer>>

/** `authorized credit`, the text of a refusal, `204`, or status and last word of the code. */
async function say(answer: Awaited<ReturnType<TestDevice['post']>>): Promise<string> {
  const { status, body } = answer
  if (status === 204) return '204'
  if (status !== 200) return `${status} ${body.errorCode.split('.').at(-1)}`
  return body.authorized ? `authorized ${body.consumptionCredit ?? '-'}` : `refused: ${body.text}`
}

const english = { 'accept-language': 'en' }
const identify = async (device: TestDevice, { identification }: Buyer, transactionId: string) =>
  say(await device.post('vending/identification', { identification, transactionId }, english))
const sell = async (device: TestDevice, { identification }: Buyer, transactionId: string, sale: object = {}) => {
  const body = { identification, transactionId, productId: '1', price: 1.29, ...sale }
  return say(await device.post('vending/sale', body, english))
}
const reserve = { shouldExecuteAction: false }
const selectRow = async (transactionId: string) => {
  const [row] = await app.read(({ db }) =>
    db
      .select()
      .from(vendingTransactions)
      .where(and(eq(vendingTransactions.transactionId, transactionId), eq(vendingTransactions.kind, 'VENDING'))),
  )
  return row
}

test('a purchase lives for its time-outs, is paid once, and keeps the customer off other machines', async () => {
  const scene = deviceScene(app)
  const [bar, other, who] = [await scene.machine(), await scene.machine(), await buyer()]
  const [one, two] = [newId(), newId()]
  await at('10:00:00')
  assert.equal(await identify(bar, who, one), 'authorized 6.4')
  await at('10:00:12')
  assert.equal(await sell(bar, who, one, { ...reserve, price: 1.3 }), '400 priceMismatch')
  assert.equal(await sell(bar, who, one, reserve), 'authorized 6.4')
  assert.equal(String((await selectRow(one))?.expiresAt), '2026-06-15T08:00:42Z')
  await at('10:00:14')
  assert.equal(await identify(other, who, two), 'refused: Another purchase is still in progress. Please wait a moment.')
  assert.equal(await selectRow(two), undefined)
  await at('10:00:40')
  assert.equal(await sell(bar, who, one), '204')
  assert.deepEqual(await who.account(), ['5.11', '0.00'])
  await at('10:00:41')
  assert.equal(await sell(bar, who, one), '204')
  assert.equal(await sell(bar, who, one, { productId: '2' }), '400 transactionClosed')
  assert.equal(await identify(bar, who, one), '400 transactionClosed')
  assert.deepEqual(await who.account(), ['5.11', '0.00'])
  assert.equal(await identify(other, who, two), 'authorized 5.11')
})

test('a customer who did not choose is free again at the very second at which the purchase ends', async () => {
  const scene = deviceScene(app)
  const [bar, other, who] = [await scene.machine(), await scene.machine(), await buyer()]
  const [one, two, three] = [newId(), newId(), newId()]
  await at('11:00:00')
  assert.equal(await identify(bar, who, one), 'authorized 6.4')
  await at('11:00:14')
  assert.match(await identify(other, who, two), /^refused/)
  await at('11:00:15')
  assert.equal(await identify(other, who, two), 'authorized 6.4')
  assert.equal((await selectRow(one))?.state, 'EXPIRED')
  assert.equal(await identify(bar, who, one), '400 transactionExpired')
  assert.equal(await identify(bar, who, two), '400 transactionMismatch')
  await at('11:00:25')
  assert.equal(await identify(other, who, two), 'authorized 6.4', 'the same machine may ask again')
  await at('11:00:39')
  assert.match(await identify(bar, who, three), /^refused/)
  await at('11:00:40')
  assert.ok((await runRoutine(app.platform, purchaseSweeper)) > 0)
  assert.equal((await selectRow(two))?.state, 'EXPIRED')
})

test('a machine that was offline may complete its reservation within ten minutes, once', async () => {
  const [bar, who] = [await deviceScene(app).machine(), await buyer()]
  const [one, late, never] = [newId(), newId(), newId()]
  await at('12:00:00')
  await identify(bar, who, one)
  await at('12:00:12')
  assert.equal(await sell(bar, who, one, reserve), 'authorized 6.4')
  await at('12:01:30')
  assert.equal(await sell(bar, who, one, { productId: '2', price: 2.5 }), '400 transactionExpired')
  assert.equal(await sell(bar, who, one, reserve), '400 transactionExpired')
  assert.equal(await sell(bar, who, one), '204')
  assert.equal(await sell(bar, who, one), '204')
  assert.deepEqual(await who.account(), ['5.11', '0.00'])
  const paid = await selectRow(one)
  assert.deepEqual([paid?.state, paid?.late], ['COMPLETED', true])
  await at('12:02:00')
  await identify(bar, who, late)
  await at('12:02:12')
  assert.equal(await sell(bar, who, late, reserve), 'authorized 5.11')
  await at('12:12:43')
  assert.equal(await sell(bar, who, late), '400 transactionExpired', 'a second past ten minutes')
  await at('12:13:00')
  await identify(bar, who, never)
  await at('12:13:16')
  assert.equal(await sell(bar, who, never), '400 transactionExpired')
})

test('a late completion takes what credit there is and puts the rest on the account, whatever the mode', async () => {
  const scene = deviceScene(app)
  const [bar, other, who] = [await scene.machine(), await scene.machine(), await buyer('2.00')]
  const [one, two] = [newId(), newId()]
  await at('12:20:00')
  await identify(bar, who, one)
  assert.equal(await sell(bar, who, one, reserve), 'authorized 2')
  await at('12:20:31')
  await identify(other, who, two)
  assert.equal(await sell(other, who, two), '204', 'meanwhile at another machine')
  assert.equal(await sell(bar, who, one), '204')
  assert.deepEqual(await who.account(), ['0.00', '-0.58'])
})

test('a refusal for too little credit says what is missing; with an account the rest goes there', async () => {
  const scene = deviceScene(app)
  const [bar, who] = [await scene.machine(), await buyer('1.00')]
  const id = newId()
  await at('13:00:00')
  await identify(bar, who, id)
  assert.equal(await sell(bar, who, id), 'refused: Your credit is not sufficient. Missing amount: €0.29.')
  assert.equal((await selectRow(id))?.state, 'IDENTIFIED')
  const joint = await scene.machine({ paymentMode: 'CREDIT_THEN_ACCOUNT' })
  const second = newId()
  await at('13:01:00')
  await identify(joint, who, second)
  assert.equal(await sell(joint, who, second), '204')
  assert.deepEqual(await who.account(), ['0.00', '-0.29'])
})

test('a product that is not there, and one for which the customer is too young', async () => {
  const scene = deviceScene(app)
  const [bar, who] = [await scene.machine(), await buyer()]
  const id = newId()
  await at('13:10:00')
  await identify(bar, who, id)
  assert.equal(await sell(bar, who, id, { productId: '9' }), '404 productNotFound')
  assert.equal(await sell(bar, who, newId()), '400 transactionNotFound')
  const older = 'refused: This product is only available from the age of 16.'
  assert.equal(await sell(bar, who, id, { productId: '3', price: 3.9 }), older, 'no birthday is known')
})

test('topping up adds once per id, waits for other purchases and gives the running one more time', async () => {
  const scene = deviceScene(app)
  const [bar, other, who] = [await scene.machine({ revalueMax: 50 }), await scene.machine(), await buyer()]
  const topUp = async (device: TestDevice, transactionId: string, amount: number) =>
    say(await device.post('vending/revalue', { identification: who.identification, transactionId, amount }))
  await at('13:20:00')
  const one = newId()
  assert.equal(await topUp(bar, one, 5.25), '204')
  assert.equal(await topUp(bar, one, 5.25), '204')
  assert.deepEqual(await who.account(), ['11.65', '0.00'])
  assert.equal(await topUp(bar, one, 5.26), '400 transactionMismatch')
  assert.equal(await topUp(other, one, 5.25), '400 transactionMismatch')
  assert.equal(await topUp(bar, newId(), 0), '400 min')
  assert.equal(await topUp(bar, newId(), 1.005), '400 moneyScale')
  assert.equal(await topUp(bar, newId(), 50.01), '400 max')
  const purchase = newId()
  await identify(bar, who, purchase)
  assert.equal(await topUp(other, newId(), 1), '403 customerLocked')
  await at('13:20:10')
  assert.equal(await topUp(bar, purchase, 1), '204')
  assert.equal(String((await selectRow(purchase))?.expiresAt), '2026-06-15T11:20:25Z')
  assert.equal(await sell(bar, who, purchase), '204')
  assert.deepEqual(await who.account(), ['11.36', '0.00'])
})

test('a customer without a membership is authorized only where the machine asks for none', async () => {
  const { machine, card, guest } = { ...deviceScene(app), ...visitScene(app) }
  const customerId = await guest()
  const who = { customerId, account: async () => [], identification: await card(customerId) }
  const refused = 'refused: No valid membership found.'
  assert.equal(await identify(await machine(), who as unknown as Buyer, newId()), refused)
  const open = await machine({ requireEntitlement: false })
  assert.equal(await identify(open, who as unknown as Buyer, newId()), 'authorized 0')
})

test('a customer of a studio with another currency cannot pay here', async () => {
  const { machine, card, member } = { ...deviceScene(app), ...visitScene(app) }
  const customerId = await member()
  await app.write(async ({ tx }) => {
    await tx.update(studios).set({ currency: 'CHF' }).where(eq(studios.id, app.hamburg.studioId))
    await tx.update(customers).set({ studioId: app.hamburg.studioId }).where(eq(customers.id, customerId))
  })
  const who = { customerId, account: async () => [], identification: await card(customerId) } as unknown as Buyer
  const [bar, id] = [await machine(), newId()]
  assert.equal(await identify(bar, who, id), 'authorized 0')
  assert.equal(await sell(bar, who, id), 'refused: Currency CHF is not the currency of the studio (EUR).')
})
