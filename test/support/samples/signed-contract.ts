import type { CancelationRow, IdlePeriodRow } from '../../../src/contracts/signed/contract-store.ts'
import type { SignedContract } from '../../../src/contracts/signed/signed-contract-facts.ts'
import type { ContractPlan } from '../../../src/membership-offers/index.ts'

/** What is different from a contract that runs undisturbed. */
interface Happenings {
  readonly cancelation?: Pick<CancelationRow, 'state' | 'toDate'>
  readonly idlePeriods?: readonly Pick<
    IdlePeriodRow,
    'state' | 'startDate' | 'endDate' | 'unlimited' | 'policySnapshot'
  >[]
}

const at = Temporal.Instant.from('2026-01-01T00:00Z')
const stamps = { tenantId: 1, createdAt: at, updatedAt: at, version: 0 }

/** A contract with this plan, signed and stored as rows are. */
export function sampleContract(plan: ContractPlan, { cancelation, idlePeriods = [] }: Happenings = {}): SignedContract {
  const row: SignedContract['row'] = {
    ...stamps,
    id: 1000,
    studioId: 123,
    customerId: 1001,
    offerTermId: null,
    snapshot: { rateName: 'Basic', rateCodes: [], openingHourCategoryId: null, lineText: 'Contract Basic' },
    signedAt: at,
    signingDate: plan.signedOn,
    preUseDate: null,
    startDate: plan.start,
    extensionIndex: 0,
    committedEnd: plan.start,
    endIsFinal: false,
    nextChangeOn: null,
    voidedAt: null,
    reversalReason: null,
    usedUntil: null,
    thirdPartyId: null,
    notes: null,
    employeeId: null,
    referredByCustomerId: null,
    origin: 'SIGNUP',
    switchedFromId: null,
  }
  return {
    row,
    studio: { zone: 'Europe/Berlin', currency: plan.currency },
    homeStudioId: 123,
    plan,
    phases: [],
    subContracts: [],
    idlePeriods: idlePeriods.map((pause, index) => ({ ...pause, ...toPause(index) })),
    ...(cancelation ? { cancelation: { ...canceled, ...cancelation } } : {}),
  }
}

const toPause = (index: number) => ({
  ...stamps,
  id: 2000 + index,
  contractId: 1000,
  unit: 'MONTH' as const,
  value: null,
  reasonId: null,
  documentId: null,
  pendingChange: null,
  freeDays: 0,
})

const canceled = {
  ...stamps,
  id: 3000,
  contractId: 1000,
  subContractId: null,
  kind: 'ORDINARY' as const,
  origin: 'CUSTOMER' as const,
  receiptDate: Temporal.PlainDate.from('2026-01-01'),
  reasonId: null,
  reason: null,
  residualUntil: null,
}
