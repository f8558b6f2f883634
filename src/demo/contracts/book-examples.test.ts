import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { eq } from 'drizzle-orm'
import { type DemoApp, openDemoApp } from '../../../test/support/demo-app.ts'
import { assertLedgerWhole } from '../../../test/support/scenes/accounts.ts'
import { finishChange } from '../../contracts/changing/finish-change.ts'
import { loadContractForChange } from '../../contracts/changing/loading.ts'
import { listContractClaims } from '../../accounts/index.ts'
import { contracts } from '../../contracts/tables.ts'
import { hasCredit, paysInParts, memberContract, memberIds, remindedMembers } from '../people/members.ts'
import { edgar, max, nora } from '../people/people.ts'

let app: DemoApp
before(async () => {
  app = await openDemoApp()
})
after(() => app.close())

const account = async (customerId: number, part: string) => {
  const { status, body, text } = await app.get(`/v1/customers/${customerId}/account/${part}`)
  assert.equal(status, 200, text)
  return body
}
const balance = async (customerId: number) => (await account(customerId, 'balances')).accountBalance.amount

test('the books of the demo are whole', () => assertLedgerWhole(app))

test('Edgar has paid his membership for months, and reads what is to come', async () => {
  const [past, upcoming] = [
    await account(edgar, 'transactions?sliceSize=50'),
    await account(edgar, 'transactions/upcoming?sliceSize=50'),
  ]
  const fees = past.result.filter(({ chargeType }: { chargeType: string }) => chargeType.startsWith('M'))
  assert.equal(fees.length, 8, JSON.stringify(past))
  assert.ok(fees.every(({ openAmount }: { openAmount: { amount: number } }) => openAmount.amount === 0))
  assert.ok(upcoming.result.length >= 4, JSON.stringify(upcoming))
  assert.equal((await account(edgar, 'balances')).consumptionCredit.amount, 12.5)
})

test('Max owes three months and a fee, Nora as much with what the agency has, one member pays in parts, another one has credit', async () => {
  assert.deepEqual(
    [await balance(max), await balance(nora), await balance(paysInParts), await balance(hasCredit)],
    [-94.7, -94.7, -100, 17.61],
  )
  for (const customerId of remindedMembers) assert.ok((await balance(customerId)) < 0)
})

/** Those that show something; the others are like them. */
const lastShown = memberContract(memberIds[21] ?? 0)

test('every membership costs something, and what it charges is what its contract wants', async () => {
  const rows = await app.read(({ db }) => db.select().from(contracts))
  assert.ok(rows.length > 150)
  assert.ok(rows.every(({ snapshot }) => snapshot.plan !== undefined))
  const today = Temporal.PlainDate.from('2026-06-15')
  await app.write(async (work) => {
    for (const { id: contractId, customerId } of rows.filter(({ id }) => id <= lastShown)) {
      const before = await listContractClaims(work.tx, contractId)
      await loadContractForChange(work, { customerId, contractId })
      const { hasMoved } = await finishChange(work, { contractId, action: 'contract.checked', effectiveFrom: today })
      assert.equal(hasMoved, false, String(contractId))
      assert.deepEqual(await listContractClaims(work.tx, contractId), before, String(contractId))
      const [row] = await work.tx.select().from(contracts).where(eq(contracts.id, contractId))
      const stand = rows.find(({ id }) => id === contractId)
      assert.deepEqual(row, stand, String(contractId))
    }
  })
})

test('contracts of the demo are in every state', async () => {
  const read = async (n: number) => (await app.get(`/v1/customers/${memberIds[n]}/contracts`)).body[0]
  const shown = await Promise.all([0, 1, 2, 3, 9, 10].map(read))
  assert.deepEqual(
    shown.map(({ contractStatus, cancelled }) => `${contractStatus} ${cancelled}`),
    ['INACTIVE false', 'ACTIVE true', 'INACTIVE true', 'ACTIVE false', 'ACTIVE true', 'ACTIVE false'],
  )
  const modules = async (n: number) => (await read(n)).moduleContracts
  assert.deepEqual(
    [(await modules(11)).length, (await modules(12)).map(({ cancelled }: { cancelled: boolean }) => cancelled)],
    [1, [true]],
  )
})
