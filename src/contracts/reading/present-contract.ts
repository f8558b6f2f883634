import {
  type Commitment,
  findCurrentPrice,
  findFirstPrice,
  findModulePrice,
  type PricedPart,
  type Term,
} from '../../membership-offers/index.ts'
import { presentMoney } from '../../platform/api/values.ts'
import { isAfter, isBefore, laterDate } from '../../platform/time/order.ts'
import type { Printer } from '../../platform/time/zoned-time.ts'
import { defined, nonNull } from '../../platform/values/defined.ts'
import { amountNumber, type Money } from '../../platform/values/money.ts'
import { isInEffect, isPart, type SignedContract, type SubContract } from '../signed/signed-contract-facts.ts'
import { listCancelationDates } from '../timeline/cancelation-rules.ts'
import { readModuleTimelines, readTimeline } from '../timeline/timeline-rules.ts'
import type { Contract, SelfServiceContract } from './contract-schemas.ts'
import { presentFrequency } from './present-frequency.ts'

/** A contract as it stands on a day: what all answers about it share. */
function readShown(contract: SignedContract, today: Temporal.PlainDate) {
  const { row, plan } = contract
  const timeline = readTimeline(contract, today)
  const { phases, end, notice } = timeline
  // A later rate shows from its first day on.
  const at = phases.findLastIndex(({ plan: { start } }) => !isAfter(start, today))
  const phase = phases[Math.max(at, 0)] as Commitment['phases'][number]
  const frozen = contract.phases.find(({ seq }) => seq === at)?.snapshot ?? row.snapshot
  const priceDay = laterDate(today, plan.start)
  const base = findFirstPrice(phase.plan.rate.frequency, phase.plan.start, plan.currency)
  const prices = { base, current: findCurrentPrice(phase, plan, priceDay) }
  return {
    timeline,
    phase,
    basics: {
      id: row.id,
      startDate: row.startDate.toString(),
      endDate: end.toString(),
      rateName: frozen.rateName,
      rateCodes: frozen.rateCodes.map(({ name, identifier }) => ({ name, identifier })),
      contractStatus: findStatus({ from: plan.useFrom, end }, today),
      ...presentPrices(prices, phase.plan.rate, phase.plan.start),
    },
    notice: notice && presentTerm(notice),
    lastDay: (phase.plan.extension.type === 'NONE' ? end : timeline.lastCancelationDay).toString(),
  }
}

/** ACTIVE from the first day of use to the last day. */
export function findStatus(
  { from, end }: { readonly from: Temporal.PlainDate; readonly end: Temporal.PlainDate },
  today: Temporal.PlainDate,
) {
  return isBefore(today, from) || isAfter(today, end) ? ('INACTIVE' as const) : ('ACTIVE' as const)
}

function presentPrices(
  { base, current }: { readonly base: Money; readonly current: Money },
  part: PricedPart,
  start: Temporal.PlainDate,
) {
  return {
    price: amountNumber(base),
    priceDetails: {
      basePrice: presentMoney(base),
      currentPrice: presentMoney(current),
      paymentFrequency: presentFrequency(part, start),
    },
  }
}

const presentTerm = ({ value, unit }: Term) => ({ periodValue: value, periodUnit: unit })

const origins = { SIGNUP: 'API', ADD: 'API', SWITCH: 'API', BACKOFFICE: 'WEBCLIENT', IMPORT: 'IMPORT' } as const

/** A contract with its modules and fees. A reversed one is shown on the day on which its signing was taken back. */
export function presentContract(contract: SignedContract, today: Temporal.PlainDate, print: Printer): Contract {
  const { row, plan, cancelation, subContracts } = contract
  const { basics, timeline, phase, notice, lastDay } = readShown(contract, today)
  const subs = subContracts.filter((sub) => isPart(sub, row))
  const ends = new Map(readModuleTimelines(contract, timeline, today).map(({ sub, end }) => [sub.row.id, end]))
  const context = { contract, today, mainEnd: timeline.end, first: timeline.phases[0] ?? phase, ends }
  const present = (kind: 'MODULE' | 'FLAT_FEE') =>
    subs.filter((sub) => sub.row.kind === kind).map((sub) => presentSub(sub, context))
  return {
    ...basics,
    createdDate: row.signingDate.toString(),
    ...defined({ cancellationPeriod: notice }),
    ...presentCancelation(cancelation),
    ...nonNull({ cancellationReason: cancelation && isInEffect(cancelation) ? cancelation.reason : null }),
    lastPossibleCancellationDate: lastDay,
    term: presentTerm(phase.plan.initialTerm),
    extensionTerm: presentTerm(findExtension(phase.plan)),
    flatFeeContracts: present('FLAT_FEE'),
    moduleContracts: present('MODULE'),
    ...nonNull({ thirdPartyId: row.thirdPartyId }),
    conclusionDate: row.signingDate.toString(),
    startDateOfUse: plan.useFrom.toString(),
    contractOrigin: origins[row.origin],
    ...presentReversal(contract, print),
  }
}

function presentReversal({ row: { voidedAt, reversalReason }, studio }: SignedContract, print: Printer) {
  if (voidedAt === null) return { reversed: false }
  const reversed = { contractStatus: 'INACTIVE', reversed: true } as const
  return { ...reversed, ...nonNull({ reversalReason }), reversalDateTime: print.dateTime(voidedAt, studio.zone) }
}

/** The next renewal: the first one where it has a length of its own, or the initial term of the rate that follows. */
function findExtension({ extension, initialTerm, subsequent }: SignedContract['plan']): Term {
  if (extension.type === 'SUBSEQUENT_RATE_DETAIL' && subsequent) return subsequent.initialTerm
  const next = extension.type === 'TERM_EXTENSION' ? (extension.next ?? extension.first) : undefined
  return next ?? { value: 0, unit: initialTerm.unit }
}

function presentCancelation(cancelation: SignedContract['cancelation']) {
  if (!cancelation || !isInEffect(cancelation)) return { cancelled: false }
  return {
    cancelled: true,
    cancellationDate: cancelation.toDate.toString(),
    cancellationReceiptDate: cancelation.receiptDate.toString(),
  }
}

interface SubContext {
  readonly contract: SignedContract
  readonly today: Temporal.PlainDate
  readonly mainEnd: Temporal.PlainDate
  readonly first: Commitment['phases'][number]
  readonly ends: ReadonlyMap<number, Temporal.PlainDate | undefined>
}

function presentSub(
  { row, plan, cancelation }: SubContract,
  { contract, today, mainEnd, first, ends }: SubContext,
): NonNullable<Contract['moduleContracts']>[number] {
  const { currency, flatFees } = contract.plan
  const part = plan ?? flatFees.find(({ componentId }) => componentId === row.snapshot.componentId) ?? free
  const base = findFirstPrice(part.frequency, plan?.paidFrom ?? row.startDate, currency)
  const current = plan ? findModulePrice(plan, first, laterDate(today, row.startDate)) : base
  const end = ends.get(row.id)
  return {
    id: row.id,
    rateName: row.name,
    startDate: row.startDate.toString(),
    ...(end ? { endDate: end.toString() } : {}),
    paymentFrequency: part.frequency.type,
    ...presentPrices({ base, current }, part, plan?.paidFrom ?? row.startDate),
    ...presentCancelation(cancelation),
    contractStatus:
      row.voidedAt === null ? findStatus({ from: row.startDate, end: end ?? mainEnd }, today) : ('INACTIVE' as const),
    rateCodes: (row.snapshot.rateCodes ?? []).map(({ name, identifier }) => ({ name, identifier })),
  }
}

const free: PricedPart = { frequency: { type: 'FREE' }, ageAdjustments: [] }

/** How a live cancelation is called. */
export const statuses = {
  PENDING: 'PENDING_VERIFICATION',
  EFFECTIVE: 'CANCELED',
  WITHDRAWAL_PENDING: 'PENDING_WITHDRAWAL_VERIFICATION',
  WITHDRAWN: undefined,
  REJECTED: undefined,
} as const

/** A contract as its member sees it. */
export function presentOwnContract(contract: SignedContract, today: Temporal.PlainDate): SelfServiceContract {
  const { cancelation } = contract
  const { basics, notice, lastDay } = readShown(contract, today)
  return {
    ...basics,
    ...defined({
      cancelationPeriod: notice,
      cancelationStatus: cancelation && statuses[cancelation.state],
      cancelationDate: cancelation?.toDate.toString(),
    }),
    ...nonNull({ cancelationReason: cancelation?.reason ?? null }),
    lastPossibleCancelationDate: lastDay,
    availableCancelationDates: listCancelationDates(contract, today).map((date) => date.toString()),
    ...(cancelation ? { cancelationOrigin: cancelation.origin } : {}),
  }
}
