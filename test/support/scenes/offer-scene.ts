import { contractCancelations, contractPhases, contracts } from '../../../src/contracts/tables.ts'
import { createOnlineOffer, type NewOffer } from '../../../src/online-offers/index.ts'
import { rates } from '../../../src/membership-offers/tables.ts'
import type { TestApp } from '../app.ts'
import type { TestStudio } from './world.ts'

const dayPass = { name: 'Day pass', periodOfUseValue: 1, periodOfUseUnit: 'DAY', position: 1 } as const

/** Adds an offer of a studio, a free day pass unless something else is said. Answers the id. */
export function addOnlineOffer(app: TestApp, changes: Partial<NewOffer> = {}, studio = app.berlin): Promise<number> {
  return app.write((work) => createOnlineOffer(work, { ...dayPass, studioId: studio.studioId, ...changes }), studio)
}

/** Buys an offer through the API. */
export function buyOffer(app: TestApp, wish: object, as: TestStudio = app.berlin) {
  return app.post('/v1/online-offers/purchase', wish, { as })
}

export interface CodedContract {
  readonly start: string
  readonly end: string
  readonly preUse?: string
  readonly extends?: true
  readonly canceledTo?: string
  readonly voided?: true
  /** From this day on the contract has another rate, without the code. */
  readonly leavesOn?: string
}

/** Stores a contract whose rate has a code. */
export async function addCodedContract(app: TestApp, customerId: number, code: string, contract: CodedContract) {
  const date = (text: string) => Temporal.PlainDate.from(text)
  const { start, end, preUse, canceledTo, leavesOn } = contract
  const snapshot = { rateName: 'Premium', rateCodes: [{ identifier: code, name: code }], openingHourCategoryId: null }
  const plain = { ...snapshot, rateCodes: [] }
  await app.write(async ({ tx, now }) => {
    const stamps = { createdAt: now, updatedAt: now }
    const [rate] = await tx
      .insert(rates)
      .values({ name: 'Premium', ...stamps })
      .returning({ id: rates.id })
    const [stored] = await tx
      .insert(contracts)
      .values({
        studioId: app.berlin.studioId,
        customerId,
        snapshot: contract.extends ? { ...snapshot, extensionType: 'TERM_EXTENSION' } : snapshot,
        signedAt: now,
        signingDate: date(start),
        preUseDate: preUse === undefined ? null : date(preUse),
        startDate: date(start),
        committedEnd: date(end),
        voidedAt: contract.voided ? now : null,
        origin: 'IMPORT',
        ...stamps,
      })
      .returning({ id: contracts.id })
    const phase = { contractId: stored?.id ?? 0, rateId: rate?.id ?? 0, createdAt: now }
    await tx.insert(contractPhases).values({ ...phase, seq: 0, fromDate: date(start), snapshot })
    if (leavesOn)
      await tx.insert(contractPhases).values({ ...phase, seq: 1, fromDate: date(leavesOn), snapshot: plain })
    if (canceledTo === undefined) return
    const cancelation = { kind: 'ORDINARY', origin: 'CUSTOMER', state: 'EFFECTIVE' } as const
    const dates = { receiptDate: date(start), toDate: date(canceledTo) }
    await tx.insert(contractCancelations).values({ contractId: phase.contractId, ...cancelation, ...dates, ...stamps })
  })
}
