import type { Static } from 'typebox'
import { listContractClaims, listPlannedCredits } from '../../accounts/index.ts'
import {
  listSwitchConfigs,
  makeSwitchQuote,
  type Quote,
  type SwitchConfig,
  type SwitchCredit,
} from '../../membership-offers/index.ts'
import { badRequest, notFound } from '../../platform/errors/errors.ts'
import { isAfter, isBefore, laterDate } from '../../platform/time/order.ts'
import { dateIn } from '../../platform/time/zoned-time.ts'
import type { StudioView } from '../../platform/units/work.ts'
import { findBirthDate } from '../buyer-store.ts'
import { listWantedClaims } from '../changing/contract-claims.ts'
import type { SignedContract } from '../signed/signed-contract-facts.ts'
import { readTimeline } from '../timeline/timeline-rules.ts'
import { readDate } from '../wishes.ts'
import { type EndingSwitch, imagineEnded, listCarried } from './old-contract-rules.ts'
import { findSwitchableRate } from './source-rules.ts'
import { allowsStart, findStartRange } from './switch-start-rules.ts'
import type { MembershipSwitch } from './switch-schemas.ts'

export type SwitchWish = Static<typeof MembershipSwitch>

/** Who switches, and from what: the contracts are locked where the switch is made. */
export interface Switcher {
  readonly customerId: number
  readonly contracts: readonly SignedContract[]
}

/** A switch that may be made. */
export interface SwitchOrder extends EndingSwitch {
  readonly source: SignedContract
  readonly config: SwitchConfig
  /** Of the contract before. */
  readonly rateName: string
  readonly quote: Quote
  readonly credits: readonly SwitchCredit[]
}

/**
 * Judges a switch in the sequence of the API: the way (404), the contract before, the term, the first day, modules, age. The
 * first rule that fails is the answer (400). `view` is one of the studio that sells.
 */
export async function judgeSwitch(
  view: Pick<StudioView, 'db' | 'caller' | 'now'>,
  wish: SwitchWish,
  { customerId, contracts }: Switcher,
): Promise<SwitchOrder> {
  const { db, caller, now } = view
  const { studio } = caller
  const [config] = await listSwitchConfigs(db, { studioId: studio.id, configId: wish.configId })
  if (!config) throw notFound('membershipSwitchConfig', wish.configId)
  const { source, rateName } = findSource(contracts, { wish, config, now })
  const today = dateIn(now, studio.zone)
  const timeline = readTimeline(source, today)
  const startDate = readDate(wish.startDate)
  const quote = await makeSwitchQuote(db, readSwitchWish(wish), {
    config,
    studio,
    today,
    until: timeline.end.add({ days: 1 }),
    findBirthDate: () => findBirthDate(db, customerId),
    refuseStart: () => {
      const { first, last } = findStartRange({ start: source.row.startDate, end: timeline.end }, today)
      const isInRange = !isBefore(startDate, first) && !isAfter(startDate, last)
      if (isInRange && allowsStart(config.startRule, startDate, timeline)) return
      const args = [first, last].map((day) => ({ type: 'DATE', value: day.toString() }) as const)
      throw badRequest('errormessage.membershipSwitch.startDateInvalid', { args, reference: 'startDate' })
    },
  })
  const carried = config.carryAdditionalModules ? listCarried(source, { start: startDate, today }) : []
  const ending = { lastDay: startDate.subtract({ days: 1 }), carried }
  return { source, config, rateName, quote, credits: await findCredits(view, source, ending), ...ending }
}

function readSwitchWish(wish: SwitchWish) {
  const { membershipOfferTermId: termId, selectedSelectableModuleIds, selectedOptionalModuleIds } = wish
  return {
    termId,
    startDate: readDate(wish.startDate),
    selectableIds: selectedSelectableModuleIds ?? [],
    optionalIds: selectedOptionalModuleIds ?? [],
  }
}

/** The contract that is named, if it may be switched and its rate is one from which the way leads. */
function findSource(
  contracts: readonly SignedContract[],
  { wish, config, now }: { readonly wish: SwitchWish; readonly config: SwitchConfig; readonly now: Temporal.Instant },
) {
  const source = contracts.find(({ row }) => row.id === wish.sourceContractId)
  const rate = source && findSwitchableRate(source, dateIn(now, source.studio.zone))
  const isFrom = rate && config.sources.some(({ rateId }) => rateId === rate.rateId)
  if (isFrom) return { source, rateName: rate.rateName }
  throw badRequest('errormessage.membershipSwitch.sourceNotEligible', { reference: 'sourceContractId' })
}

/** What the member gets back, added up for each part of the contract before. */
async function findCredits(
  { db, now }: Pick<StudioView, 'db' | 'now'>,
  source: SignedContract,
  ending: EndingSwitch,
): Promise<SwitchCredit[]> {
  const today = dateIn(now, source.studio.zone)
  const from = ending.lastDay.add({ days: 1 })
  const ids = new Set(ending.carried.map(({ row }) => row.id))
  const claims = await listContractClaims(db, source.row.id)
  const stays = claims.filter(
    ({ component, componentId }) => component !== 'MODULE' || componentId === null || !ids.has(componentId),
  )
  const wanted = listWantedClaims(imagineEnded(source, { ...ending, today }), today)
  const notes = listPlannedCredits(wanted, stays, { today, effectiveFrom: from })
  const parts = Map.groupBy(notes, ({ component, componentId }) => `${component} ${componentId}`)
  return [...parts.values()].map((part) => {
    const minor = part.reduce((sum, { amount }) => sum + amount, 0n)
    const sorted = part.toSorted((a, b) => Temporal.PlainDate.compare(a.serviceFrom, b.serviceFrom))
    const [first] = sorted
    const ends = sorted.map(({ serviceTo }) => serviceTo)
    return {
      amount: { minor, currency: source.plan.currency },
      due: part.map(({ dueDate }) => dueDate).reduce((a, b) => laterDate(a, b)),
      from: first ? laterDate(first.serviceFrom, from) : from,
      to: ends.reduce((a, b) => laterDate(a, b)),
    }
  })
}
