import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { chargeCustomer } from '../../../src/accounts/index.ts'
import {
  checkCollection,
  createAgencyContract,
  debtCollectionModule,
  handOver,
} from '../../../src/debt-collection/index.ts'
import { dateIn } from '../../../src/platform/time/zoned-time.ts'
import type { StaffOperation } from '../../../src/platform/staff/staff-operation.ts'
import { StaffOperations } from '../../../src/platform/staff/staff-operations.ts'
import { readMoney } from '../../../src/platform/values/money.ts'
import type { TestAnswer, TestApp } from '../app.ts'
import type { TestStudio } from './world.ts'
import { assertLedgerWhole } from './accounts.ts'
import { addCustomer } from './customers.ts'
import { defined } from '../../../src/platform/values/defined.ts'

type Contract = Parameters<typeof createAgencyContract>[1]

/** Lets the studio hand debts over to the integration of its key. */
export function openAgency(app: TestApp, changes: Partial<Contract> = {}, studio: TestStudio = app.berlin) {
  const { studioId, integrationId } = studio
  const agreed: Contract = {
    studioId,
    integrationId,
    type: 'TRUST',
    onClosure: 'BY_PARTNER',
    onRejection: 'BY_PARTNER',
    allowCaseUpdates: true,
    minTotal: '50.00',
    minOverdueDays: 30,
    minDunningLevel: 0,
    handoverReasons: [],
    stageName: 'Debt collection',
    restrictAccess: true,
    ...changes,
  }
  return app.write((work) => createAgencyContract(work, agreed), studio)
}

let keys = 0

/** A charge that fell due so many days ago. */
export interface LateCharge {
  readonly amount: string
  readonly days: number
  readonly kind?: 'DEBT_CLAIM' | 'DUNNING_FEE'
  readonly parent?: number
}

export function charge(
  app: TestApp,
  customerId: number,
  { amount, days, kind = 'DEBT_CLAIM', parent }: LateCharge,
  studio: TestStudio = app.berlin,
) {
  return app.write(
    (work) =>
      chargeCustomer(work, {
        customerId,
        studioId: studio.studioId,
        amount: readMoney(amount, 'EUR', 'amount'),
        kind,
        chargeType: kind === 'DUNNING_FEE' ? 'FEE' : 'MEMBERSHIP_CHARGE',
        description: 'Fee',
        dueOn: dateIn(work.now, studio.zone).subtract({ days }),
        parentClaimId: parent,
        journalKey: `late:${++keys}`,
      }),
    studio,
  )
}

/** A customer who owes so much since two months, one claim for each amount. */
export async function addDebtor(app: TestApp, amounts: readonly string[], studio: TestStudio = app.berlin) {
  const customerId = await addCustomer(app, {}, { studio })
  const claimIds: number[] = []
  for (const amount of amounts) {
    claimIds.push(await charge(app, customerId, { amount, days: 60 - claimIds.length }, studio))
  }
  return { customerId, claimIds }
}

export interface Collected {
  readonly customerId: number
  readonly runId: number
  readonly debtorId: string
  readonly caseId: string
  readonly debtIds: readonly string[]
  readonly amounts: readonly number[]
}

/** Hands a customer over and lets the agency take the debts. */
export async function collect(
  app: TestApp,
  customerId: number,
  {
    claimIds,
    confirms = true,
    studio = app.berlin,
  }: { claimIds?: number[]; confirms?: boolean; studio?: TestStudio } = {},
): Promise<Collected> {
  const { studioId } = studio
  const origin = 'INDIVIDUAL_HANDOVER' as const
  const runId = await app.write((work) => handOver(work, { studioId, customerId, claimIds, origin }), studio)
  const path = `/v1/debt-collection/${runId}`
  if (confirms) assert.equal((await app.post(`${path}/confirmTransfer`, undefined, { as: studio })).status, 200)
  const { result } = (await app.get(`${path}/debtors`, { as: studio })).body
  const [{ debtorId, collectionCases }] = result
  const [{ collectionCaseId, debt }] = collectionCases
  return {
    customerId,
    runId,
    debtorId,
    caseId: collectionCaseId,
    debtIds: debt.map((each: { debtId: string }) => each.debtId),
    amounts: debt.map((each: { amount: number }) => each.amount),
  }
}

/** What an agency reports of one case: what was paid, and what was given up, by debt. */
export interface Report {
  readonly paid: readonly number[]
  readonly canceled?: readonly number[]
  readonly closure?: object
  readonly block?: object
  readonly debtBlocks?: readonly (object | undefined)[]
  readonly requestId?: string
  readonly agencyId?: string
}

export function makeReport({ debtorId, caseId, debtIds, amounts }: Collected, report: Report) {
  const { paid, canceled = [], closure, block, debtBlocks = [], requestId = randomUUID(), agencyId } = report
  const debts = debtIds.map((debtId, n) => ({
    debtId,
    originalAmount: amounts[n],
    canceledAmount: canceled[n] ?? 0,
    paidAmount: paid[n] ?? 0,
    currency: 'EUR',
    ...(debtBlocks[n] ? { block: debtBlocks[n] } : {}),
  }))
  const agencyCollectionCaseId = agencyId ?? `file-${caseId}`
  const agencyCase = { agencyCollectionCaseId, collectionCaseIds: [caseId], debts, ...defined({ closure }) }
  return { requestId, debtors: [{ debtorId, agencyCollectionCases: [agencyCase], ...defined({ block }) }] }
}

export function report(app: TestApp, collected: Collected, what: Report): Promise<TestAnswer> {
  return app.post('/v1/debt-collection/update', makeReport(collected, what))
}

/** How the account of a customer stands for partners. */
export async function standing(app: TestApp, customerId: number) {
  const path = `/v1/customers/${customerId}/account`
  const { accountBalance, inDebtCollection, dunningLevel } = (await app.get(`${path}/balances`)).body
  const past = (await app.get(`${path}/transactions?sliceSize=50`)).body.result
  const open = past.map((entry: { openAmount: { amount: number } }) => entry.openAmount.amount)
  return { balance: accountBalance.amount, inDebtCollection, dunningLevel, open }
}

const operations = new StaffOperations()
debtCollectionModule.staff?.(operations)

/** Runs what staff do in debt collection. */
export async function asStaff(
  app: TestApp,
  operation: StaffOperation,
  params: object,
  body: object = {},
): Promise<any> {
  const caller = {
    actor: { kind: 'STAFF', id: 7 },
    tenantId: app.berlin.tenantId,
    traceId: '1'.repeat(32),
    permissions: 'ALL',
  } as const
  const request = { params: params as Record<string, unknown>, body }
  return (await operations.run(app.platform.units, caller, operation, request)).answer
}

/** The books add up, and what agencies have reported agrees with them. */
export async function assertCollectionWhole(app: TestApp) {
  await assertLedgerWhole(app)
  assert.deepEqual(await app.read(({ db }) => checkCollection(db)), [])
}
