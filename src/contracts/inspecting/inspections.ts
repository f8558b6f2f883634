import type { Static } from 'typebox'
import { type Claim, listContractClaims } from '../../accounts/index.ts'
import { findCurrentPrice, listPriceDays, placeBonusPeriods } from '../../membership-offers/index.ts'
import { notFound } from '../../platform/errors/errors.ts'
import { isBefore } from '../../platform/time/order.ts'
import { dateIn } from '../../platform/time/zoned-time.ts'
import type { View } from '../../platform/units/work.ts'
import { nonNull } from '../../platform/values/defined.ts'
import { formatAmount } from '../../platform/values/money.ts'
import { loadContracts, loadCustomerContracts } from '../changing/loading.ts'
import { findDocument } from '../document/document-store.ts'
import type { SignedContract } from '../signed/signed-contract-facts.ts'
import { listCancelationDates, walkTerms } from '../timeline/cancelation-rules.ts'
import { readModuleTimelines, readState, readTimeline, type Timeline } from '../timeline/timeline-rules.ts'
import { findWithdrawalTerms } from '../voiding/void-store.ts'
import type { listContracts, showContract } from './staff-api.ts'
import { findContractState } from './state-rules.ts'

type Facts = Static<(typeof listContracts)['answer']>[number]
type Shown = Static<(typeof showContract)['answer']>

/** So many terms to come are shown. */
const MOST_TERMS = 12

/** The contracts of a customer as staff see them, also those that are over or reversed. */
export async function listForStaff({ db, now }: View, customerId: number): Promise<Facts[]> {
  const contracts = await loadCustomerContracts(db, customerId)
  return contracts.map((contract) => {
    const today = findDay(contract, now)
    return presentFacts(contract, readTimeline(contract, today), today)
  })
}

/** One contract with its whole time line and its charges; one that is reversed as it was on that day. */
export async function inspectContract({ db, now }: View, contractId: number): Promise<Shown> {
  const [contract] = await loadContracts(db, [contractId])
  if (!contract) throw notFound('contract', contractId)
  const { row, studio } = contract
  const today = findDay(contract, now)
  const timeline = readTimeline(contract, today)
  const { days } = await findWithdrawalTerms(db, row.studioId)
  return {
    ...presentFacts(contract, timeline, today),
    currency: studio.currency,
    isFinal: timeline.isFinal,
    lastCancelationDay: timeline.lastCancelationDay.toString(),
    withdrawableUntil: row.signingDate.add({ days }).toString(),
    ...nonNull({ thirdPartyId: row.thirdPartyId, notes: row.notes }),
    ...presentDocument(await findDocument(db, contractId)),
    ...presentReversal(contract),
    ...presentCancelation(contract),
    ...presentTimes(contract, timeline, today),
    modules: presentModules(contract, timeline, today),
    claims: (await listContractClaims(db, contractId)).flatMap(presentClaim),
  }
}

/** Nothing where none was ever to be printed: the contract was taken over. */
function presentDocument(document: Awaited<ReturnType<typeof findDocument>>): Pick<Shown, 'document'> {
  if (!document) return {}
  const { fileId, fileName, attempts, failure } = document
  const state = fileId === null ? 'WAITING' : 'PRINTED'
  return { document: { state, attempts, ...nonNull({ fileName, failure }) } }
}

function findDay({ row, studio }: SignedContract, now: Temporal.Instant): Temporal.PlainDate {
  return dateIn(row.voidedAt ?? now, studio.zone)
}

function presentFacts(contract: SignedContract, timeline: Timeline, today: Temporal.PlainDate): Facts {
  const { row, plan } = contract
  return {
    contractId: row.id,
    customerId: row.customerId,
    studioId: row.studioId,
    state: findContractState(contract, timeline, today),
    origin: row.origin,
    rateName: row.snapshot.rateName,
    signingDate: row.signingDate.toString(),
    startDateOfUse: plan.useFrom.toString(),
    startDate: row.startDate.toString(),
    endDate: timeline.end.toString(),
  }
}

function presentReversal({ row, studio }: SignedContract): Pick<Shown, 'reversal'> {
  const { voidedAt, reversalReason: reason, usedUntil } = row
  if (voidedAt === null) return {}
  const at = voidedAt.toZonedDateTimeISO(studio.zone).toString({ timeZoneName: 'never', smallestUnit: 'second' })
  return { reversal: { at, ...nonNull({ reason, usedUntil: usedUntil && usedUntil.toString() }) } }
}

function presentCancelation({ cancelation }: SignedContract): Pick<Shown, 'cancelation'> {
  if (!cancelation) return {}
  const { kind, origin, state, receiptDate, toDate, reason, residualUntil } = cancelation
  if (state === 'WITHDRAWN' || state === 'REJECTED') return {}
  return {
    cancelation: {
      kind,
      origin,
      state,
      receiptDate: receiptDate.toString(),
      toDate: toDate.toString(),
      ...nonNull({ reason, residualUntil: residualUntil && residualUntil.toString() }),
    },
  }
}

function presentTimes(contract: SignedContract, { phases }: Timeline, today: Temporal.PlainDate) {
  const { plan, idlePeriods } = contract
  const { pauses } = readState(contract, today)
  const current = phases.findLast((phase) => !isBefore(today, phase.plan.start)) ?? phases[0]
  const terms = walkTerms(plan, pauses)
    .filter(({ deadline }) => !isBefore(deadline, today))
    .take(MOST_TERMS)
  const priceOn = (phase: Timeline['phases'][number], day: Temporal.PlainDate) =>
    formatAmount(findCurrentPrice(phase, plan, day))
  return {
    cancelationDates: listCancelationDates(contract, today).map((date) => date.toString()),
    terms: [...terms].map(({ end, deadline }) => ({ to: end.toString(), deadline: deadline.toString() })),
    phases: phases.map((phase) => ({ from: phase.plan.start.toString(), price: priceOn(phase, phase.plan.start) })),
    priceSteps: current
      ? listPriceDays(current, plan, today)
          .toSorted(Temporal.PlainDate.compare)
          .map((day) => ({ from: day.toString(), price: priceOn(current, day) }))
      : [],
    bonusPeriods: phases
      .flatMap(({ runTime, until }) => placeBonusPeriods(runTime, until))
      .map(({ from, until }) => ({ from: from.toString(), to: until.subtract({ days: 1 }).toString() })),
    idlePeriods: idlePeriods.map(({ id, state, startDate, endDate }) => ({
      idlePeriodId: id,
      state,
      from: startDate.toString(),
      ...nonNull({ to: endDate && endDate.toString() }),
    })),
  }
}

function presentModules(contract: SignedContract, timeline: Timeline, today: Temporal.PlainDate): Shown['modules'] {
  const ends = new Map(readModuleTimelines(contract, timeline, today).map(({ sub, end }) => [sub.row.id, end]))
  return contract.subContracts
    .filter(({ row }) => row.kind === 'MODULE')
    .map(({ row }) => ({
      moduleContractId: row.id,
      name: row.name,
      reversed: row.voidedAt !== null,
      from: row.startDate.toString(),
      ...nonNull({ to: ends.get(row.id)?.toString() ?? null }),
    }))
}

function presentClaim({ state, ...claim }: Claim): Shown['claims'] {
  if (state === 'VOID') return []
  const { id: claimId, payer, dueDate, description, amount, openAmount, currency, serviceFrom, serviceTo } = claim
  return [
    {
      claimId,
      state,
      payer,
      dueDate: dueDate.toString(),
      description,
      amount: formatAmount({ minor: amount, currency }),
      open: formatAmount({ minor: openAmount, currency }),
      ...nonNull({
        serviceFrom: serviceFrom && serviceFrom.toString(),
        serviceTo: serviceTo && serviceTo.toString(),
      }),
    },
  ]
}
