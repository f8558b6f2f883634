import { sql } from 'drizzle-orm'
import {
  type AnyPgColumn,
  boolean,
  char,
  check,
  index,
  integer,
  smallint,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { bytes, foldedText, instant, plainDate, plainDateOrForever, ref } from '../platform/database/columns.ts'
import { files } from '../platform/tables.ts'
import { aggregateTable, belongsTo, byReference } from '../platform/database/tenant-table.ts'
import { studios } from '../studios/tables.ts'

export const genders = ['MALE', 'FEMALE', 'UNISEX'] as const

/** A person: prospect, member or former member (derived from `membership_until` and the clock). `studio_id` = home studio. */
export const customers = aggregateTable(
  'customers',
  {
    studioId: ref('studio_id').notNull(),
    customerNumber: text('customer_number').notNull(),
    // Looked up by itself: under row-level security no index on an expression is ever used, since the functions in it
    // are not leak-proof. The digits of the phones below are columns for the same reason.
    numberFold: foldedText('number_fold').generatedAlwaysAs(sql`lower(customer_number)`),
    uuid: uuid('uuid').notNull(),
    referralCode: text('referral_code').notNull(),
    ...personColumns(),
    ...contactColumns(),
    ...addressColumns(),
    /** Codes that booking rules can ask for. */
    memberCodes: text('member_codes').array().notNull().default([]),
    /** A reason means blocked from booking; no end = until lifted. */
    bookingBlockUntil: instant('booking_block_until'),
    bookingBlockReason: text('booking_block_reason'),
    source: text('source', {
      enum: ['API', 'SIGNUP', 'LEAD', 'TRIAL_OFFER', 'VOUCHER', 'AGGREGATOR', 'STAFF', 'IMPORT', 'SYSTEM'],
    }).notNull(),
    languageCode: char('language_code', { length: 2 }),
    languageCountry: char('language_country', { length: 2 }),
    taxIdEnc: bytes('tax_id_enc'),
    docIdentEnc: bytes('doc_ident_enc'),
    heightCm: smallint('height_cm'),
    /** Latest end of all effective main contracts: null = never had one, FOREVER = open-ended or renewing. */
    membershipUntil: plainDateOrForever('membership_until'),
    imageFileId: ref('image_file_id'),
    accessCodeVersion: integer('access_code_version').notNull().default(0),
    staticAccessNumber: char('static_access_number', { length: 12 }).notNull(),
    dedupeHash: bytes('dedupe_hash'),
    erasedAt: instant('erased_at'),
    mergedIntoId: ref('merged_into_id'),
    /** The walk-in customer of a till: invisible to the API. */
    system: boolean('system').notNull().default(false),
    /** The status that partners last received. */
    announcedStatus: text('announced_status', { enum: ['PROSPECT', 'MEMBER', 'FORMER_MEMBER'] })
      .notNull()
      .default('PROSPECT'),
    firstFold: foldedText('first_fold').notNull(),
    firstFoldTr: foldedText('first_fold_tr').notNull(),
    lastFold: foldedText('last_fold').notNull(),
    lastFoldTr: foldedText('last_fold_tr').notNull(),
    emailFold: foldedText('email_fold'),
    phoneFolds: text('phone_folds').array().notNull().default([]),
    phonePrivateReversed: reversedDigits('phone_private_reversed', 'phone_private'),
    phonePrivateMobileReversed: reversedDigits('phone_private_mobile_reversed', 'phone_private_mobile'),
    phoneBusinessReversed: reversedDigits('phone_business_reversed', 'phone_business'),
    phoneBusinessMobileReversed: reversedDigits('phone_business_mobile_reversed', 'phone_business_mobile'),
  },
  (t) => {
    const live = sql`${t.erasedAt} is null`
    const byDigits = (name: string, digits: AnyPgColumn) =>
      index(name).on(t.tenantId, digits).where(sql`${t.erasedAt} is null and ${digits} is not null`)
    return [
      // Also serves the search by number prefix.
      uniqueIndex('customers_number_unique').on(t.tenantId, t.numberFold),
      uniqueIndex('customers_uuid_unique').on(t.tenantId, t.uuid),
      uniqueIndex('customers_referral_code_unique').on(t.tenantId, t.referralCode),
      uniqueIndex('customers_static_access_number_unique').on(t.tenantId, t.staticAccessNumber),
      index('customers_studio').on(t.tenantId, t.studioId, t.id),
      index('customers_prospects').on(t.tenantId, t.studioId, t.id).where(sql`${t.membershipUntil} is null`),
      index('customers_member_end')
        .on(t.tenantId, t.studioId, t.membershipUntil)
        .where(sql`${t.announcedStatus} = 'MEMBER'`),
      index('customers_dedupe').on(t.tenantId, t.dedupeHash).where(live),
      index('customers_studio_name').on(t.tenantId, t.studioId, t.lastFold, t.firstFold, t.id).where(live),
      index('customers_name').on(t.tenantId, t.lastFold, t.firstFold, t.id).where(live),
      index('customers_studio_name_tr').on(t.tenantId, t.studioId, t.lastFoldTr, t.firstFoldTr, t.id).where(live),
      index('customers_name_tr').on(t.tenantId, t.lastFoldTr, t.firstFoldTr, t.id).where(live),
      index('customers_first_name').on(t.tenantId, t.firstFold, t.id).where(live),
      index('customers_first_name_tr').on(t.tenantId, t.firstFoldTr, t.id).where(live),
      index('customers_first_last_name').on(t.tenantId, t.firstFold, t.lastFold, t.id).where(live),
      index('customers_email').on(t.tenantId, t.emailFold).where(live),
      index('customers_birth_date').on(t.tenantId, t.dateOfBirth, t.lastFold).where(live),
      byDigits('customers_phone_private_digits', t.phonePrivateReversed),
      byDigits('customers_phone_private_mobile_digits', t.phonePrivateMobileReversed),
      byDigits('customers_phone_business_digits', t.phoneBusinessReversed),
      byDigits('customers_phone_business_mobile_digits', t.phoneBusinessMobileReversed),
      check('customers_block_has_reason', sql`${t.bookingBlockUntil} is null or ${t.bookingBlockReason} is not null`),
      belongsTo(t, t.studioId, studios),
      belongsTo(t, t.imageFileId, files),
      byReference(t, t.imageFileId),
      belongsTo(t, t.mergedIntoId, t),
      byReference(t, t.mergedIntoId),
    ]
  },
)

/** The digits of a phone number from the last to the first, so that a search for its end is a search for a beginning. */
function reversedDigits<N extends string>(name: N, phone: string) {
  return foldedText(name).generatedAlwaysAs(sql.raw(`reverse(regexp_replace(${phone}, '\\D', '', 'g'))`))
}

function personColumns() {
  return {
    title: text('title', { enum: ['NONE', 'DR', 'PROF'] })
      .notNull()
      .default('NONE'),
    firstName: text('first_name').notNull(),
    secondFirstName: text('second_first_name'),
    lastName: text('last_name').notNull(),
    secondLastName: text('second_last_name'),
    dateOfBirth: plainDate('date_of_birth'),
    placeOfBirth: text('place_of_birth'),
    countryOfBirth: char('country_of_birth', { length: 2 }),
    gender: text('gender', { enum: genders }).notNull().default('UNISEX'),
  }
}

function contactColumns() {
  return {
    email: text('email'),
    emailStatus: text('email_status', { enum: ['UNVERIFIED', 'VERIFIED', 'BOUNCED'] })
      .notNull()
      .default('UNVERIFIED'),
    phonePrivate: text('phone_private'),
    phonePrivateMobile: text('phone_private_mobile'),
    phoneBusiness: text('phone_business'),
    phoneBusinessMobile: text('phone_business_mobile'),
  }
}

function addressColumns() {
  return {
    street: text('street'),
    secondStreet: text('second_street'),
    houseNumber: text('house_number'),
    zipCode: text('zip_code'),
    city: text('city'),
    cityPart: text('city_part'),
    district: text('district'),
    streetType: text('street_type'),
    streetBlock: text('street_block'),
    portal: text('portal'),
    stairway: text('stairway'),
    door: text('door'),
    province: text('province'),
    provinceCode: text('province_code'),
    additionalAddressInformation: text('additional_address_information'),
    floor: text('floor'),
    buildingName: text('building_name'),
    countryCode: char('country_code', { length: 2 }),
    addressStatus: text('address_status', { enum: ['VALID', 'INVALID'] })
      .notNull()
      .default('VALID'),
    addressStatusInformation: text('address_status_information'),
    addressStatusSince: plainDate('address_status_since'),
  }
}
