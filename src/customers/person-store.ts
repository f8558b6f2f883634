import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Queryable, Tx } from '../platform/database/database.ts'
import { studios } from '../studios/tables.ts'
import { customers } from './customer-table.ts'
import {
  accessMediums,
  accessRestrictions,
  additionalInformationAssignments,
  customerIntegrationBlocks,
  customerLiablePersons,
  customerStudioHistory,
  customerThirdPartyIds,
} from './tables.ts'

/** A living customer as erasing asks; the erasing unit has locked it before. */
export async function findPersonToErase(db: Queryable, customerId: number) {
  const [row] = await db
    .select({
      customerId: customers.id,
      studioId: customers.studioId,
      zone: studios.timeZone,
      membershipUntil: customers.membershipUntil,
    })
    .from(customers)
    .innerJoin(studios, and(eq(studios.tenantId, customers.tenantId), eq(studios.id, customers.studioId)))
    .where(and(eq(customers.id, customerId), isNull(customers.erasedAt), eq(customers.system, false)))
  return row
}

export type PersonToErase = NonNullable<Awaited<ReturnType<typeof findPersonToErase>>>

/** What a customer is left as: a number. Nothing that is not named here identifies the person. */
const anonymous = {
  title: 'NONE',
  firstName: '',
  secondFirstName: null,
  secondLastName: null,
  dateOfBirth: null,
  placeOfBirth: null,
  countryOfBirth: null,
  gender: 'UNISEX',
  email: null,
  emailStatus: 'UNVERIFIED',
  phonePrivate: null,
  phonePrivateMobile: null,
  phoneBusiness: null,
  phoneBusinessMobile: null,
  street: null,
  secondStreet: null,
  houseNumber: null,
  zipCode: null,
  city: null,
  cityPart: null,
  district: null,
  streetType: null,
  streetBlock: null,
  portal: null,
  stairway: null,
  door: null,
  province: null,
  provinceCode: null,
  additionalAddressInformation: null,
  floor: null,
  buildingName: null,
  countryCode: null,
  addressStatus: 'VALID',
  addressStatusInformation: null,
  addressStatusSince: null,
  memberCodes: [],
  bookingBlockUntil: null,
  bookingBlockReason: null,
  languageCode: null,
  languageCountry: null,
  taxIdEnc: null,
  docIdentEnc: null,
  heightCm: null,
  imageFileId: null,
  dedupeHash: null,
  firstFold: '',
  firstFoldTr: '',
  emailFold: null,
  phoneFolds: [],
} satisfies Partial<typeof customers.$inferInsert>

/** Empties the person's own row. The last name becomes `#` and the id; numbers that others may have written down go as well. */
export async function anonymiseCustomer(tx: Tx, customerId: number, now: Temporal.Instant) {
  const name = `#${customerId}`
  await tx
    .update(customers)
    .set({
      ...anonymous,
      lastName: name,
      lastFold: name,
      lastFoldTr: name,
      uuid: sql`gen_random_uuid()`,
      accessCodeVersion: sql`${customers.accessCodeVersion} + 1`,
      erasedAt: now,
      updatedAt: now,
      version: sql`${customers.version} + 1`,
    })
    .where(eq(customers.id, customerId))
}

/** Deletes an anonymised customer, media included, to whom nothing else refers any more; false when something does. */
export async function deleteCustomerIfAlone(tx: Tx, customerId: number): Promise<boolean> {
  const { rows } = await tx.execute<{ gone: boolean }>(sql`select palestra_delete_customer(${customerId}) as gone`)
  return rows[0]?.gone === true
}

/** Visits and vouchers keep pointing at what opened the door; its value is free again. */
export async function blankMediums(tx: Tx, customerId: number, now: Temporal.Instant) {
  await tx
    .update(accessMediums)
    .set({
      type: 'BARCODE',
      valueNorm: sql`'#' || ${accessMediums.id}`,
      valueEnc: null,
      removedAt: sql`coalesce(${accessMediums.removedAt}, ${now.toString()}::timestamptz)`,
      updatedAt: now,
    })
    .where(eq(accessMediums.customerId, customerId))
}

/** Rows that are about the person and about nothing else. */
export async function deleteOwnRows(tx: Tx, customerId: number) {
  for (const table of [
    accessRestrictions,
    additionalInformationAssignments,
    customerThirdPartyIds,
    customerLiablePersons,
  ]) {
    await tx.delete(table).where(eq(table.customerId, customerId))
  }
}

/** What staff and partners wrote about switches of studio and about data sharing. */
export async function blankRemarks(tx: Tx, customerId: number) {
  await tx
    .update(customerStudioHistory)
    .set({ description: null })
    .where(eq(customerStudioHistory.customerId, customerId))
  await tx
    .update(customerIntegrationBlocks)
    .set({ reason: null })
    .where(eq(customerIntegrationBlocks.customerId, customerId))
}

/**
 * Switches of studio of a customer who never had a contract: nobody needs them. Blocks stay, and keep the row: they hide
 * past events of the person from a partner.
 */
export async function deleteStudioHistory(tx: Tx, customerId: number) {
  await tx.delete(customerStudioHistory).where(eq(customerStudioHistory.customerId, customerId))
}
