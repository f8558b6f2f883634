import { listContractClaims } from '../../../src/accounts/index.ts'
import { finishChange } from '../../../src/contracts/changing/finish-change.ts'
import type { ContractSnapshot } from '../../../src/contracts/signed/snapshot.ts'
import { contractPhases, contracts } from '../../../src/contracts/tables.ts'
import { type ContractPlan, packPlan } from '../../../src/membership-offers/index.ts'
import { formatAmount } from '../../../src/platform/values/money.ts'
import type { TestApp } from '../app.ts'
import { insertRate } from './booking-world.ts'
import { defined } from '../../../src/platform/values/defined.ts'

/** A contract with this plan, signed by a customer of Berlin, with all that follows from it. Answers its id. */
export function signPlan(
  app: TestApp,
  customerId: number,
  { modules: _none, ...plan }: ContractPlan,
  frozen: Partial<ContractSnapshot> = {},
): Promise<number> {
  return app.write(async (work) => {
    const rateId = await insertRate(work)
    const rate = {
      rateName: 'Basic',
      rateCodes: [],
      openingHourCategoryId: null,
      lineText: 'Contract Basic',
      services: [],
    }
    const follows = plan.subsequent
      ? { laterRates: [{ ...rate, rateId, rateName: 'Flex', lineText: 'Contract Flex' }] }
      : {}
    const stamps = { createdAt: work.now, updatedAt: work.now }
    const [row] = await work.tx
      .insert(contracts)
      .values({
        studioId: app.berlin.studioId,
        customerId,
        snapshot: {
          ...rate,
          ...follows,
          extensionType: plan.extension.type,
          plan: packPlan({ ...plan, modules: [] }),
          ...frozen,
        },
        signedAt: work.now,
        signingDate: plan.signedOn,
        startDate: plan.start,
        committedEnd: plan.start,
        origin: 'IMPORT',
        ...stamps,
      })
      .returning({ id: contracts.id })
    const contractId = row?.id as number
    await work.tx
      .insert(contractPhases)
      .values({ contractId, seq: 0, fromDate: plan.start, rateId, snapshot: rate, createdAt: work.now })
    await finishChange(work, { contractId, action: 'contract.signed', effectiveFrom: plan.useFrom })
    return contractId
  })
}

interface Sale {
  readonly customerId: number
  readonly rateId: number
  /** First day; left out: 1 January 2026. */
  readonly start?: string
  readonly idlePolicy?: ContractSnapshot['idlePolicy']
}

/** A contract of a customer of Berlin for 29.90 a month that ends after twelve months. Answers its id. */
export function signSold(
  app: TestApp,
  { customerId, rateId, start = '2026-01-01', idlePolicy }: Sale,
): Promise<number> {
  const from = Temporal.PlainDate.from(start)
  const until = from.add({ months: 12 })
  const month = { value: 1, unit: 'MONTH' } as const
  const price = { minor: 2990n, currency: 'EUR' }
  const plan: ContractPlan = {
    currency: 'EUR',
    start: from,
    useFrom: from,
    signedOn: from,
    preUse: 'NOT_AVAILABLE',
    ageEvaluation: 'PERIOD_START',
    initialTerm: { value: 12, unit: 'MONTH' },
    extension: { type: 'NONE' },
    cancelationStrategy: 'TERM',
    bonusPeriods: [],
    dueOnSigning: [],
    flatFees: [],
    modules: [],
    rate: {
      frequency: { type: 'RECURRING', price, step: month, calculation: 'REFERENCE_DATE' },
      ageAdjustments: [],
      priceRules: [],
    },
  }
  return app.write(async ({ tx, now }) => {
    const rate = { rateName: 'Basic', rateCodes: [], openingHourCategoryId: null }
    const [row] = await tx
      .insert(contracts)
      .values({
        studioId: app.berlin.studioId,
        customerId,
        snapshot: { ...rate, extensionType: 'NONE', plan: packPlan(plan), ...defined({ idlePolicy }) },
        signedAt: now,
        signingDate: from,
        startDate: from,
        committedEnd: until.subtract({ days: 1 }),
        endIsFinal: true,
        origin: 'IMPORT',
        createdAt: now,
        updatedAt: now,
      })
      .returning({ id: contracts.id })
    const contractId = row?.id as number
    await tx
      .insert(contractPhases)
      .values({ contractId, seq: 0, fromDate: from, rateId, snapshot: rate, createdAt: now })
    return contractId
  })
}

/** The claims of a contract that were not given up, as `SCHEDULED 2026-04-01 30.00`, by due date. */
export async function showClaims(app: TestApp, contractId: number): Promise<string[]> {
  const claims = await app.read(({ db }) => listContractClaims(db, contractId))
  return claims.flatMap(({ state, dueDate, amount, currency }) =>
    state === 'VOID' ? [] : [`${state} ${dueDate} ${formatAmount({ minor: amount, currency })}`],
  )
}
