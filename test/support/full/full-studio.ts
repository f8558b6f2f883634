import type { PgTable } from 'drizzle-orm/pg-core'
import { bookableAppointments, requirementResources, requirements } from '../../../src/appointments/tables.ts'
import { bookingRules } from '../../../src/bookings/tables.ts'
import { classes, classSlotInstructors, classSlots } from '../../../src/classes/tables.ts'
import { resources } from '../../../src/resources/tables.ts'
import { additionalInformationFields } from '../../../src/customers/tables.ts'
import { employees, employeeStudios } from '../../../src/employees/tables.ts'
import { rates } from '../../../src/membership-offers/tables.ts'
import { services } from '../../../src/entitlements/tables.ts'
import type { Platform } from '../../../src/platform/platform.ts'
import { openingHours, tags } from '../../../src/studios/tables.ts'
import { webhookEndpoints } from '../../../src/webhooks/tables.ts'
import { type CollectionContents, insertFullCollection } from './full-collection.ts'
import { makeBenefitKey, insertFullBenefit } from './full-benefit.ts'
import { insertFullExport } from './full-export.ts'
import { insertCalendarFeed } from './full-calendar-feed.ts'
import { findDocument, insertDocuments } from './full-files.ts'
import { insertDevices } from './full-devices.ts'
import { at, CREATED, type Fill, FIRST_MEMBER, FIRST_SLOT, insertMembers, memberTexts, stamps } from './full-members.ts'
import { insertWishes, findWishes } from './full-wishes.ts'
import { findPaymentTokens, insertPayments } from './full-payments.ts'
import { insertTrials, trialIds } from './full-trials.ts'
import { findOfferIds, insertFullChoices, insertFullModules, insertFullOffer } from './full-offer.ts'
import { insertVisits } from './full-visits.ts'
import { insertFullVoucher, makeVoucherCode } from './full-voucher.ts'
import type { TestStudio } from '../scenes/world.ts'

/** What calls to the API may name in a studio; every text of it carries the studio's mark. */
export interface StudioContents extends CollectionContents {
  readonly mark: string
  readonly customerId: number
  readonly customerNumber: string
  readonly customerUuid: string
  readonly firstName: string
  readonly lastName: string
  readonly email: string
  readonly cardNumber: string
  readonly barcode: string
  readonly classId: number
  readonly classSlotId: number
  readonly bookableAppointmentId: number
  readonly trialConfigId: number
  /** Of the trial offer only. */
  readonly trialBookableId: number
  readonly prospectId: number
  readonly employeeId: number
  readonly additionalFieldId: number
  readonly benefitKey: string
  readonly deviceId: number
  readonly voucherCode: string
  readonly tag: string
  /** A wallet pass of the customer that the studio's integration owns. */
  readonly ownMediumId: number
  readonly amendmentId: number
  readonly documentId: number
  readonly threadId: number
  readonly calendarFeedId: number
  readonly exportId: number
  readonly membershipOfferId: number
  readonly offerTermId: number
  /** Of the first member; those of the others follow. */
  readonly contractId: number
  readonly switchConfigId: number
  readonly idleReasonId: number
  /** Of the contract. */
  readonly idlePeriodId: number
  /** A module that the contract does not have, with its price. */
  readonly additionalModuleId: number
  readonly moduleFrequencyId: number
  /** Of the contract, canceled by nobody. */
  readonly moduleContractId: number
  /** One that the member has canceled. */
  readonly canceledModuleId: number
  readonly cancelationReasonId: number
  /** A member who may switch, and the contract. The first member's contract is what other calls are about. */
  readonly switcherId: number
  readonly switchedContractId: number
  readonly paymentToken: string
  readonly instrumentToken: string
  readonly changerId: number
  readonly paymentIdentity: string
  readonly iban: string
  readonly onlineOfferId: number
}

export interface FullStudioOptions {
  /** Ids are counted up from here; the same number in two tenants would hide a leak. */
  readonly firstId: number
  /** Members of the studio; the first one is named by the contents. */
  readonly members?: number
  readonly seats?: number
  readonly waiting?: number
  readonly slots?: number
  /** Start of the first slot; each further one follows an hour later. */
  readonly slotStart?: string
}

/**
 * Fills a studio with one of everything that the API shows: members with contract, contingent, card and barcode, a class
 * with slots, a bookable appointment with its instructor, a tag, a webhook endpoint.
 */
export async function insertFullStudio(
  platform: Platform,
  studio: TestStudio,
  options: FullStudioOptions,
): Promise<StudioContents> {
  const mark = `Qx${studio.studioId}x`
  const { firstId } = options
  const contents = makeContents(mark, firstId, studio.studioId)
  await platform.database.transaction(studio.tenantId, async (tx) => {
    const fill = { tx, studio, mark, firstId }
    await insertCatalogue(fill)
    await insertMembers(fill, options.members ?? 4)
    await insertVisits(fill)
    await insertClass(fill, options)
    await insertBookable(fill)
    await insertFullBenefit(fill, firstId + at.benefit)
    await insertFullVoucher(fill, firstId + at.offer, platform.secrets)
    await insertWishes(fill)
    await insertDocuments(fill)
    await insertDevices(fill)
    await insertTrials(fill)
    await insertCalendarFeed(fill)
    await insertFullExport(fill)
    await insertFullOffer(fill)
    await insertFullChoices(fill)
    await insertFullModules(fill)
    await insertPayments(fill, platform.secrets)
  })
  const debtor = { mark, customerId: firstId + at.debtor }
  return { ...contents, ...(await insertFullCollection(platform, studio, debtor)) }
}

/** The id of the n-th member, counted from 0. */
export const memberId = (contents: StudioContents, n: number) => contents.customerId + n

/** The id of the n-th slot, counted from 0. */
export const slotId = (contents: StudioContents, n: number) => contents.classSlotId + n

function makeContents(mark: string, firstId: number, studioId: number): Omit<StudioContents, keyof CollectionContents> {
  const customerId = firstId + FIRST_MEMBER
  return {
    mark,
    customerId,
    ...memberTexts(mark, customerId),
    classId: firstId + at.class,
    classSlotId: firstId + FIRST_SLOT,
    bookableAppointmentId: firstId + at.bookable,
    ...trialIds(firstId),
    employeeId: firstId + at.employee,
    additionalFieldId: firstId + at.field,
    benefitKey: makeBenefitKey(mark),
    deviceId: firstId + at.device,
    voucherCode: makeVoucherCode(studioId),
    tag: `${mark}tag`,
    calendarFeedId: firstId + at.calendarFeed,
    exportId: firstId + at.taxExport,
    ownMediumId: firstId + at.ownMedium,
    ...findWishes(firstId),
    ...findDocument(firstId),
    ...findOfferIds(firstId),
    ...findPaymentTokens(mark, firstId),
    onlineOfferId: firstId + at.offer,
  }
}

async function insertCatalogue({ tx, studio: { studioId, integrationId }, mark, firstId }: Fill) {
  await tx.insert(services).values({ id: firstId + at.service, name: `${mark}service`, kind: 'CLASS', ...stamps })
  await tx.insert(rates).values({ id: firstId + at.rate, name: `${mark}rate`, ...stamps })
  await tx
    .insert(bookingRules)
    .values({ id: firstId + at.rule, studioId, contingentMode: 'REQUIRED', allowForeign: false, ...stamps })
  await tx.insert(tags).values({ id: firstId + at.tag, name: `${mark}tag`, createdAt: CREATED })
  await tx.insert(additionalInformationFields).values({
    id: firstId + at.field,
    name: `${mark}field`,
    type: 'TEXT',
    position: 1,
    studioIds: [studioId],
    ...stamps,
  })
  await tx
    .insert(webhookEndpoints)
    .values({ integrationId, url: `https://${mark.toLowerCase()}.example`, status: 'PAUSED', ...stamps })
  await tx.insert(openingHours).values({
    studioId,
    kind: 'INTERNAL',
    dayFrom: 'MONDAY',
    dayTo: 'SUNDAY',
    timeFrom: Temporal.PlainTime.from('06:00'),
    timeTo: Temporal.PlainTime.from('23:00'),
    createdAt: CREATED,
  })
  const name = { firstName: `${mark}Lena`, lastName: `${mark}Brandt`, publicName: `${mark}Lena B.` }
  await tx.insert(employees).values({ id: firstId + at.employee, ...name, email: `${mark}@staff.example`, ...stamps })
  await tx.insert(employeeStudios).values({ employeeId: firstId + at.employee, studioId, createdAt: CREATED })
}

async function insertClass(
  { tx, studio: { studioId }, mark, firstId }: Fill,
  { slots = 5, seats = 20, waiting = 5, slotStart = '2026-06-16T06:00Z' }: FullStudioOptions,
) {
  const room = { kind: 'ROOM' as const, name: `${mark}room`, description: `${mark}floor` }
  await tx.insert(resources).values({ id: firstId + at.room, studioId, ...room, ...stamps })
  await tx.insert(classes).values({
    id: firstId + at.class,
    studioId,
    serviceId: firstId + at.service,
    title: `${mark}Yoga`,
    type: 'STUDIO',
    category: `${mark}category`,
    description: `${mark}description`,
    durationMin: 45,
    ruleId: firstId + at.rule,
    ...stamps,
  })
  const first = Temporal.Instant.from(slotStart)
  const ns = Array.from({ length: slots }, (_, n) => n)
  await tx.insert(classSlots).values(
    ns.map((n) => ({
      id: firstId + FIRST_SLOT + n,
      studioId,
      classId: firstId + at.class,
      occurrenceDate: first.add({ hours: n }).toZonedDateTimeISO('UTC').toPlainDate(),
      startAt: first.add({ hours: n }),
      endAt: first.add({ hours: n, minutes: 45 }),
      status: 'PLANNED' as const,
      locationId: firstId + at.room,
      maxParticipants: seats,
      maxWaiting: waiting,
      ...stamps,
    })),
  )
  const instructor = { studioId, employeeId: firstId + at.employee, createdAt: CREATED }
  await tx.insert(classSlotInstructors).values(ns.map((n) => ({ slotId: firstId + FIRST_SLOT + n, ...instructor })))
}

async function insertBookable({ tx, studio: { studioId }, mark, firstId }: Fill) {
  const bookableId = firstId + at.bookable
  const insert = (table: PgTable, row: object) => tx.insert(table).values({ studioId, createdAt: CREATED, ...row })
  await insert(resources, { id: firstId + at.trainer, kind: 'EMPLOYEE', employeeId: firstId + at.employee, ...stamps })
  await insert(bookableAppointments, {
    id: bookableId,
    serviceId: firstId + at.service,
    title: `${mark}Training`,
    category: `${mark}category`,
    description: `${mark}description`,
    durationMin: 30,
    customerPicksInstructor: true,
    ruleId: firstId + at.rule,
    ...stamps,
  })
  await insert(requirements, { id: firstId + at.line, bookableId, kind: 'EMPLOYEE', count: 1 })
  await insert(requirementResources, {
    requirementId: firstId + at.line,
    bookableId,
    resourceId: firstId + at.trainer,
  })
}
