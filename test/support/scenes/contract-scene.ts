import { listContractClaims } from '../../../src/accounts/index.ts'
import { finishChange } from '../../../src/contracts/changing/finish-change.ts'
import { contractPhases, contracts } from '../../../src/contracts/tables.ts'
import { type ContractPlan, packPlan } from '../../../src/membership-offers/index.ts'
import { formatAmount } from '../../../src/platform/values/money.ts'
import type { TestApp } from '../app.ts'
import { insertRate } from './booking-world.ts'

/** A contract with this plan, signed by a customer of Berlin, with all that follows from it. Answers its id. */
export function signPlan(app: TestApp, customerId: number, { modules: _none, ...plan }: ContractPlan): Promise<number> {
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
        snapshot: { ...rate, ...follows, extensionType: plan.extension.type, plan: packPlan({ ...plan, modules: [] }) },
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

/** The claims of a contract that were not given up, as `SCHEDULED 2026-04-01 30.00`, by due date. */
export async function showClaims(app: TestApp, contractId: number): Promise<string[]> {
  const claims = await app.read(({ db }) => listContractClaims(db, contractId))
  return claims.flatMap(({ state, dueDate, amount, currency }) =>
    state === 'VOID' ? [] : [`${state} ${dueDate} ${formatAmount({ minor: amount, currency })}`],
  )
}
