import { and, eq, sql } from 'drizzle-orm'
import { classSlots } from '../classes/tables.ts'
import type { TrialFacts, TrialQuestion } from '../bookings/index.ts'
import { customers } from '../customers/customer-table.ts'
import { leads } from '../leads/tables.ts'
import { prepared, type Queryable, type Ready } from '../platform/database/database.ts'
import { ready } from '../platform/database/in-order.ts'
import { trialOfferAssignments, trialOfferConfigs } from './tables.ts'

const customerId = sql`${sql.placeholder('customerId')}::bigint`
const configId = sql`${sql.placeholder('configId')}::bigint`

const cameForThis = sql<boolean>`exists (select from ${leads} where ${leads.customerId} = ${customerId}
  and ${leads.source} = 'TRIAL_OFFER' and ${leads.trialOfferConfigId} = ${configId})`

const selectTrialFacts = prepared((db) =>
  db
    .select({
      config: trialOfferConfigs,
      isProspect: sql<boolean>`${customers.id} is not null and ${customers.membershipUntil} is null`,
      cameForThis,
    })
    .from(sql`(select 1) as one`)
    .leftJoin(trialOfferConfigs, eq(trialOfferConfigs.id, configId))
    .leftJoin(customers, eq(customers.id, customerId))
    .prepare('trial_offers_find_facts'),
)

/** What decides on a trial besides the bookings: the config as it is now, and whether the person may use it. */
export const readyTrialFacts = (question: TrialQuestion): Ready<TrialFacts, Queryable> =>
  ready(selectTrialFacts, { ...question }, ([row]) => {
    if (!row) throw new Error('A statement without a table answers with one row.')
    const { config, isProspect, cameForThis: came } = row
    return { config: config && readConfig(config), isProspect, leadConfigId: came ? question.configId : null }
  })

type ConfigRow = typeof trialOfferConfigs.$inferSelect

function readConfig(row: ConfigRow): NonNullable<TrialFacts['config']> {
  const { confirmationTermValue: value, confirmationTermUnit: unit } = row
  return {
    configId: row.id,
    isActive: row.active,
    contingent: row.contingent,
    preventMultipleBookingsTerm: { value: row.preventMultipleTermValue, unit: row.preventMultipleTermUnit },
    confirmationTerm: value === null || unit === null ? null : { value, unit },
    allowBookingForLeads: row.allowBookingForLeads,
  }
}

const configOfSlot = prepared((db) =>
  db
    .select({ configId: trialOfferAssignments.configId })
    .from(classSlots)
    .innerJoin(
      trialOfferAssignments,
      and(
        eq(trialOfferAssignments.tenantId, classSlots.tenantId),
        eq(trialOfferAssignments.classId, classSlots.classId),
      ),
    )
    .where(eq(classSlots.id, sql.placeholder('classSlotId')))
    .prepare('trial_offers_find_config_of_slot'),
)

/** The config, active or not, that the class of a slot is assigned to; null for none. */
export async function findConfigIdOfSlot(db: Queryable, classSlotId: number): Promise<number | null> {
  const [row] = await configOfSlot(db).execute({ classSlotId })
  return row?.configId ?? null
}

const configOfBookable = prepared((db) =>
  db
    .select({ configId: trialOfferAssignments.configId })
    .from(trialOfferAssignments)
    .where(eq(trialOfferAssignments.bookableId, sql.placeholder('bookableId')))
    .prepare('trial_offers_find_config_of_bookable'),
)

/** The config, active or not, that a bookable is assigned to; null for none. */
export async function findConfigIdOfBookable(db: Queryable, bookableId: number): Promise<number | null> {
  const [row] = await configOfBookable(db).execute({ bookableId })
  return row?.configId ?? null
}
