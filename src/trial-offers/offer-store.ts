import { and, asc, eq, gt, gte, isNull, lte, or, type SQL, sql } from 'drizzle-orm'
import { bookableAppointments } from '../appointments/tables.ts'
import { classIsListed } from '../classes/index.ts'
import { bookingRules } from '../bookings/tables.ts'
import { classes, classSlots } from '../classes/tables.ts'
import { prepared, type Queryable } from '../platform/database/database.ts'
import { files } from '../platform/tables.ts'
import type { OfferHorizon } from './horizon-rules.ts'
import { trialOfferAssignments, trialOfferConfigs } from './tables.ts'

const inForce = and(eq(trialOfferConfigs.active, true), eq(trialOfferConfigs.studioId, sql.placeholder('studioId')))
const ofConfig = and(
  eq(trialOfferConfigs.tenantId, trialOfferAssignments.tenantId),
  eq(trialOfferConfigs.id, trialOfferAssignments.configId),
)

const hasSlot = sql`exists (select from ${classSlots} where ${classSlots.tenantId} = ${classes.tenantId}
  and ${classSlots.classId} = ${classes.id} and ${classSlots.status} = 'PLANNED'
  and ${classSlots.startAt} > ${sql.placeholder('now')}::timestamptz
  and ${classSlots.startAt} <= ${sql.placeholder('until')}::timestamptz)`

const offeredClasses = (db: Queryable, condition: SQL) =>
  db
    .select({ configId: trialOfferConfigs.id, ...classIsListed })
    .from(trialOfferAssignments)
    .innerJoin(trialOfferConfigs, ofConfig)
    .innerJoin(
      classes,
      and(eq(classes.tenantId, trialOfferAssignments.tenantId), eq(classes.id, trialOfferAssignments.classId)),
    )
    .innerJoin(bookingRules, and(eq(bookingRules.tenantId, classes.tenantId), eq(bookingRules.id, classes.ruleId)))
    .leftJoin(files, and(eq(files.tenantId, classes.tenantId), eq(files.id, classes.imageId)))
    .where(
      and(
        inForce,
        eq(classes.active, true),
        eq(classes.onlineVisible, true),
        eq(classes.bookable, true),
        hasSlot,
        condition,
      ),
    )
    .orderBy(asc(classes.id))

const classesOnOffer = prepared((db) =>
  offeredClasses(db, gt(classes.id, sql.placeholder('after')))
    .limit(sql.placeholder('limit'))
    .prepare('trial_offers_list_classes'),
)
const classOnOffer = prepared((db) =>
  offeredClasses(db, eq(classes.id, sql.placeholder('classId'))).prepare('trial_offers_find_class'),
)

const toMoments = ({ now, until }: OfferHorizon) => ({ now: now.toString(), until: until.toString() })

interface Page {
  readonly after: number
  readonly limit: number
}

/** Classes of active configs with a slot within the horizon, by id; each with its config. */
export function listOfferedClasses(db: Queryable, studioId: number, horizon: OfferHorizon, page: Page) {
  return classesOnOffer(db).execute({ studioId, ...toMoments(horizon), ...page })
}

export type OfferedClass = Awaited<ReturnType<typeof listOfferedClasses>>[number]

/** One of those classes. */
export async function findOfferedClass(db: Queryable, studioId: number, horizon: OfferHorizon, classId: number) {
  const [row] = await classOnOffer(db).execute({ studioId, ...toMoments(horizon), classId })
  return row
}

const offeredBookables = (db: Queryable, condition: SQL) =>
  db
    .select({
      configId: trialOfferConfigs.id,
      id: bookableAppointments.id,
      title: bookableAppointments.title,
      category: bookableAppointments.category,
      description: bookableAppointments.description,
      imageId: bookableAppointments.imageId,
      durationMin: bookableAppointments.durationMin,
    })
    .from(trialOfferAssignments)
    .innerJoin(trialOfferConfigs, ofConfig)
    .innerJoin(
      bookableAppointments,
      and(
        eq(bookableAppointments.tenantId, trialOfferAssignments.tenantId),
        eq(bookableAppointments.id, trialOfferAssignments.bookableId),
      ),
    )
    .where(
      and(
        inForce,
        eq(bookableAppointments.active, true),
        eq(bookableAppointments.onlineBookable, true),
        or(isNull(bookableAppointments.validFrom), lte(bookableAppointments.validFrom, sql.placeholder('lastDay'))),
        or(isNull(bookableAppointments.validTo), gte(bookableAppointments.validTo, sql.placeholder('today'))),
        condition,
      ),
    )
    .orderBy(asc(bookableAppointments.id))

const bookablesOnOffer = prepared((db) =>
  offeredBookables(db, gt(bookableAppointments.id, sql.placeholder('after')))
    .limit(sql.placeholder('limit'))
    .prepare('trial_offers_list_bookables'),
)
const bookableOnOffer = prepared((db) =>
  offeredBookables(db, eq(bookableAppointments.id, sql.placeholder('bookableId'))).prepare(
    'trial_offers_find_bookable',
  ),
)

const toDays = ({ today, lastDay }: OfferHorizon) => ({ today: today.toString(), lastDay: lastDay.toString() })

/** Bookables of active configs that are valid within the horizon, for customers or not, by id; each with its config. */
export function listOfferedBookables(db: Queryable, studioId: number, horizon: OfferHorizon, page: Page) {
  return bookablesOnOffer(db).execute({ studioId, ...toDays(horizon), ...page })
}

/** One of those bookables. */
export async function findOfferedBookable(db: Queryable, studioId: number, horizon: OfferHorizon, bookableId: number) {
  const [row] = await bookableOnOffer(db).execute({ studioId, ...toDays(horizon), bookableId })
  return row
}
