import { and, asc, eq, getTableColumns, inArray } from 'drizzle-orm'
import type { Queryable } from '../../platform/database/database.ts'
import { isOffered } from '../catalogue/offer-store.ts'
import {
  membershipOffers,
  membershipSwitchConfigs,
  membershipSwitchDestinations,
  membershipSwitchSources,
  membershipSwitchStudios,
  rates,
} from '../tables.ts'

/** A way from some rates to other offers, open in a studio. */
export type SwitchConfig = typeof membershipSwitchConfigs.$inferSelect & {
  readonly sources: readonly { readonly rateId: number; readonly rateName: string }[]
}

/** The ways that are open in a studio, by name; `configId` asks for one of them. */
export async function listSwitchConfigs(
  db: Queryable,
  { studioId, configId }: { readonly studioId: number; readonly configId?: number },
): Promise<SwitchConfig[]> {
  const configs = await db
    .select(getTableColumns(membershipSwitchConfigs))
    .from(membershipSwitchConfigs)
    .innerJoin(membershipSwitchStudios, eq(membershipSwitchStudios.configId, membershipSwitchConfigs.id))
    .where(
      and(
        eq(membershipSwitchStudios.studioId, studioId),
        eq(membershipSwitchConfigs.active, true),
        configId === undefined ? undefined : eq(membershipSwitchConfigs.id, configId),
      ),
    )
    .orderBy(asc(membershipSwitchConfigs.name), asc(membershipSwitchConfigs.id))
  const ids = configs.map(({ id }) => id)
  if (ids.length === 0) return []
  const { configId: owner } = membershipSwitchSources
  const sources = await db
    .select({ configId: owner, rateId: rates.id, rateName: rates.name })
    .from(membershipSwitchSources)
    .innerJoin(rates, eq(rates.id, membershipSwitchSources.rateId))
    .where(inArray(owner, ids))
    .orderBy(asc(rates.name), asc(rates.id))
  return configs.map((config) => ({
    ...config,
    sources: sources
      .filter((source) => source.configId === config.id)
      .map(({ rateId, rateName }) => ({ rateId, rateName })),
  }))
}

/** The offers to which a way leads, in their order, as far as they may be signed on this day; they need not be published. */
export async function listDestinationIds(
  db: Queryable,
  { configId, today }: { readonly configId: number; readonly today: Temporal.PlainDate },
): Promise<number[]> {
  const rows = await db
    .select({ id: membershipOffers.id })
    .from(membershipSwitchDestinations)
    .innerJoin(membershipOffers, eq(membershipOffers.id, membershipSwitchDestinations.offerId))
    .where(and(eq(membershipSwitchDestinations.configId, configId), isOffered(today)))
    .orderBy(asc(membershipSwitchDestinations.position), asc(membershipOffers.id))
  return rows.map(({ id }) => id)
}

/** Whether an open way of the studio leads to an offer that may be signed on this day. */
export async function isDestination(
  db: Queryable,
  {
    studioId,
    offerId,
    today,
  }: { readonly studioId: number; readonly offerId: number; readonly today: Temporal.PlainDate },
): Promise<boolean> {
  const rows = await db
    .select({ id: membershipOffers.id })
    .from(membershipSwitchDestinations)
    .innerJoin(membershipOffers, eq(membershipOffers.id, membershipSwitchDestinations.offerId))
    .innerJoin(membershipSwitchConfigs, eq(membershipSwitchConfigs.id, membershipSwitchDestinations.configId))
    .innerJoin(membershipSwitchStudios, eq(membershipSwitchStudios.configId, membershipSwitchConfigs.id))
    .where(
      and(
        eq(membershipOffers.id, offerId),
        eq(membershipSwitchConfigs.active, true),
        eq(membershipSwitchStudios.studioId, studioId),
        isOffered(today),
      ),
    )
    .limit(1)
  return rows.length > 0
}
