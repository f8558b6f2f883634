import { findOwnCustomer } from '../../customers/index.ts'
import {
  listSwitchConfigs,
  presentBanner,
  presentDestinations,
  type SwitchConfig,
} from '../../membership-offers/index.ts'
import { notFound } from '../../platform/errors/errors.ts'
import type { ModuleDeps } from '../../platform/module-deps.ts'
import { dateIn } from '../../platform/time/zoned-time.ts'
import type { CallerStudio } from '../../platform/units/caller.ts'
import type { PartnerView } from '../../platform/units/work.ts'
import { findStudio } from '../../studios/index.ts'
import { loadCustomerContracts } from '../changing/loading.ts'
import { findSwitchableRate } from './source-rules.ts'

interface Asked {
  readonly customerId: number
  readonly studioId?: number | undefined
}

/** How a customer of the studio may change the membership; empty where no contract may. */
export async function listSwitchesForCustomer(view: PartnerView, asked: Asked, deps: ModuleDeps) {
  await findOwnCustomer(view, asked.customerId)
  const studio = await findSwitchStudio(view, asked.studioId)
  const rateIds = await listSwitchableRates(view, asked.customerId)
  const configs = await listSwitchConfigs(view.db, { studioId: studio.id })
  const open = configs.flatMap((config) => keepSources(config, rateIds) ?? [])
  return Promise.all(open.map((config) => presentConfig(view, config, deps)))
}

/** One of these ways with the offers to which it leads; any other is unknown. */
export async function findSwitchForCustomer(
  view: PartnerView,
  { configId, ...asked }: Asked & { readonly configId: number },
  deps: ModuleDeps,
) {
  await findOwnCustomer(view, asked.customerId)
  const studio = await findSwitchStudio(view, asked.studioId)
  const rateIds = await listSwitchableRates(view, asked.customerId)
  const [found] = await listSwitchConfigs(view.db, { studioId: studio.id, configId })
  const config = found && keepSources(found, rateIds)
  if (!config) throw notFound('membershipSwitchConfig', configId)
  const [shown, destinations] = await Promise.all([
    presentConfig(view, config, deps),
    presentDestinations(view, { config, studio }, deps),
  ])
  return { ...shown, destinationMembershipOffers: destinations }
}

/** The studio of the key, which is the customer's home, or another one in which the integration is active. */
export async function findSwitchStudio(
  { db, caller }: Pick<PartnerView, 'db' | 'caller'>,
  studioId: number = caller.studio.id,
): Promise<CallerStudio> {
  if (studioId === caller.studio.id) return caller.studio
  const studio = caller.visibleStudioIds.includes(studioId) ? await findStudio(db, studioId) : undefined
  if (!studio) throw notFound('studio', studioId)
  const { id, name, timeZone: zone, currency, languageTag, countryCode } = studio
  return { id, name, zone, currency, languageTag, countryCode }
}

/** The present rates of those contracts that have not ended and are not canceled, those that have yet to begin included. */
async function listSwitchableRates({ db, caller, now }: PartnerView, customerId: number): Promise<ReadonlySet<number>> {
  const today = dateIn(now, caller.studio.zone)
  const contracts = await loadCustomerContracts(db, customerId)
  return new Set(contracts.flatMap((contract) => findSwitchableRate(contract, today)?.rateId ?? []))
}

/** A way with those of its rates that the customer has; none: it is not open to the customer. */
function keepSources(config: SwitchConfig, rateIds: ReadonlySet<number>): SwitchConfig | undefined {
  const sources = config.sources.filter(({ rateId }) => rateIds.has(rateId))
  return sources.length === 0 ? undefined : { ...config, sources }
}

async function presentConfig(view: PartnerView, config: SwitchConfig, deps: ModuleDeps) {
  return {
    id: config.id,
    name: config.name,
    presentation: presentBanner(view, config, deps),
    sourceContracts: config.sources.map(({ rateId, rateName }) => ({ id: rateId, rateName })),
  }
}
