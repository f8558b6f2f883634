import type { PlannedClaim } from '../../accounts/index.ts'
import { type ContractLine, type ContractState, listUsedLines, wantedLines } from '../../membership-offers/index.ts'
import { isAfter } from '../../platform/time/order.ts'
import { findFrozenRate, findPayingCompany, isInEffect, type SignedContract } from '../signed/signed-contract-facts.ts'
import { listIdleClaims } from '../idle-periods/idle-claims.ts'
import { readState, readTimeline } from '../timeline/timeline-rules.ts'

/**
 * The claims that a contract wants as far as it is committed on `today`; once it is void, those of the used days that are
 * charged. What a company pays of a line is a claim of its own, and the member's claim is the rest.
 */
export function listWantedClaims(contract: SignedContract, today: Temporal.PlainDate): PlannedClaim[] {
  if (contract.row.voidedAt !== null) return listUsedClaims(contract)
  const ofPauses = listIdleClaims(contract, readTimeline(contract, today), today)
  return [...listLineClaims(contract, readState(contract, today)), ...ofPauses]
}

/** Of a contract that was ended for default, the lines beyond its last day fall due on that day, up to the day that was agreed. */
function listLineClaims(contract: SignedContract, state: ContractState): PlannedClaim[] {
  const { plan, cancelation } = contract
  const until = cancelation && isInEffect(cancelation) ? cancelation.residualUntil : null
  if (!cancelation || until === null) return wantedLines(plan, state).flatMap((line) => toClaims(line, contract))
  const { toDate } = cancelation
  return wantedLines(plan, { ...state, canceledTo: until }).flatMap((line) => {
    if (!isAfter(line.due, toDate)) return toClaims(line, contract)
    return toClaims({ ...line, due: toDate }, contract).map((claim) => ({ ...claim, maturity: 'RESIDUAL' as const }))
  })
}

function listUsedClaims(contract: SignedContract): PlannedClaim[] {
  const { usedUntil } = contract.row
  if (usedUntil === null) return []
  const lines = listUsedLines(contract.plan, readState(contract, usedUntil), usedUntil)
  return lines.flatMap((line) => toClaims(line, contract))
}

function toClaims(line: ContractLine, contract: SignedContract): PlannedClaim[] {
  const { component, componentId } = line
  if (component === 'BONUS') return []
  const company = findPayingCompany(contract, findModule(line, contract))
  const claim = {
    taxCode: findTaxCode(line, contract),
    component,
    componentId,
    periodFrom: line.periodFrom,
    ...kinds[component],
    description: describe(line, contract),
    dueDate: line.due,
    serviceFrom: line.service.from,
    serviceTo: line.service.until.subtract({ days: 1 }),
    mandatoryOnSigning: line.isMandatoryOnSigning,
  }
  const member = {
    ...claim,
    payer: 'MEMBER' as const,
    companyId: null,
    amount: line.amount.minor - line.companyShare.minor,
  }
  if (company === null) return [member]
  return [member, { ...claim, payer: 'COMPANY', companyId: company, amount: line.companyShare.minor }]
}

const kinds = {
  RATE: { kind: 'DEBT_CLAIM', chargeType: 'MEMBERSHIP_CHARGE' },
  PRE_USE: { kind: 'DEBT_CLAIM', chargeType: 'MEMBERSHIP_CHARGE' },
  FLAT_FEE: { kind: 'FLAT_FEE', chargeType: 'FLAT_FEE' },
  MODULE: { kind: 'DEBT_CLAIM', chargeType: 'MODULE_CHARGE' },
} as const satisfies Record<Exclude<ContractLine['component'], 'BONUS'>, Pick<PlannedClaim, 'kind' | 'chargeType'>>

const findModule = ({ component, componentId }: ContractLine, { subContracts }: SignedContract) =>
  component === 'MODULE' ? subContracts.find((sub) => sub.row.id === componentId) : undefined

/** The tax code that the rate, module or fee had when it was sold; undefined: the usual one. */
function findTaxCode(line: ContractLine, contract: SignedContract) {
  const { component, componentId, periodFrom } = line
  switch (component) {
    case 'MODULE':
      return findModule(line, contract)?.row.snapshot.taxCode
    case 'FLAT_FEE':
      return contract.row.snapshot.feeTaxCodes?.[componentId]
    default:
      return findFrozenRate(contract, periodFrom).taxCode
  }
}

/** The words were frozen when the contract was signed. */
function describe(line: ContractLine, contract: SignedContract): string {
  const { component, componentId, periodFrom } = line
  const { plan } = contract
  const { snapshot } = contract.row
  switch (component) {
    case 'PRE_USE':
      return snapshot.preUseText ?? snapshot.rateName
    case 'MODULE':
      return findModule(line, contract)?.row.name ?? snapshot.rateName
    case 'FLAT_FEE':
      return listFees(plan).find((fee) => fee.componentId === componentId)?.name ?? snapshot.rateName
    default: {
      const words = findFrozenRate(contract, periodFrom)
      return words.lineText ?? words.rateName
    }
  }
}

function listFees({ flatFees, subsequent }: SignedContract['plan']): SignedContract['plan']['flatFees'] {
  return subsequent ? [...flatFees, ...listFees(subsequent)] : flatFees
}
