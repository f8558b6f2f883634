import { and, eq, isNull, type SQL, type SQLWrapper, sql } from 'drizzle-orm'
import { prepared, type Queryable } from '../platform/database.ts'
import { studios } from '../studios/tables.ts'
import type { CustomerRow, MediumPart } from './customer-row.ts'
import { customerHooks } from './hooks.ts'
import {
  accessMediums,
  accessRestrictions,
  additionalInformationAssignments,
  additionalInformationFields,
  customerIntegrationBlocks,
  customers,
  customerThirdPartyIds,
} from './tables.ts'

/** Who looks, and when: the same for every statement that reads whole customers. */
export interface Sight {
  /** Customers with another home studio do not exist for this caller. */
  readonly studioIds: readonly number[]
  readonly integrationId: number
  readonly now: Temporal.Instant
}

/** The sight as the parameters of a statement; `now` stands in plain SQL, which no column turns into text. */
export function paramsOf({ studioIds, integrationId, now }: Sight) {
  return { studioIds, integrationId, now: now.toString() }
}

/*
 * Row-level security ties every table to the tenant, so the parts do not join on it again: the comparison would cost a
 * step of the plan in each of them.
 */

const mediums = sql`(
  select json_agg(json_build_object('id', ${accessMediums.id}, 'type', ${accessMediums.type},
    'value', ${accessMediums.valueNorm}, 'sealed', translate(encode(${accessMediums.valueEnc}, 'base64'), E'\\n', ''))
    order by ${accessMediums.id})
  from ${accessMediums}
  where ${accessMediums.customerId} = ${customers.id}
    and ${accessMediums.removedAt} is null
    and (${accessMediums.validUntil} is null or ${accessMediums.validUntil} > ${sql.placeholder('now')}::timestamptz))`

/** Those that may still count somewhere on earth; the local date of the home studio decides. */
const restrictions = sql`(
  select json_agg(json_build_object('reason', ${accessRestrictions.reason}, 'startDate', ${accessRestrictions.startDate},
    'endDate', ${accessRestrictions.endDate})
    order by ${accessRestrictions.startDate} nulls first, ${accessRestrictions.id})
  from ${accessRestrictions}
  where ${accessRestrictions.customerId} = ${customers.id}
    and (${accessRestrictions.endDate} is null or ${accessRestrictions.endDate} >= ${sql.placeholder('now')}::date - 1))`

/** The caller's own id of the customer, else the migrated one; integrations do not see each other's. */
const thirdPartyId = sql`(
  select ${customerThirdPartyIds.value} from ${customerThirdPartyIds}
  where ${customerThirdPartyIds.customerId} = ${customers.id}
    and (${customerThirdPartyIds.integrationId} = ${sql.placeholder('integrationId')}
      or ${customerThirdPartyIds.integrationId} is null)
  order by ${customerThirdPartyIds.integrationId} nulls last limit 1)`

const assignments = sql`(
  select json_agg(json_build_object('additionalInformationFieldId', ${additionalInformationAssignments.fieldId},
    'value', ${additionalInformationAssignments.value}) order by ${additionalInformationAssignments.fieldId})
  from ${additionalInformationAssignments}
  join ${additionalInformationFields}
    on ${additionalInformationFields.id} = ${additionalInformationAssignments.fieldId}
    and ${additionalInformationFields.active} and ${customers.studioId} = any(${additionalInformationFields.studioIds})
  where ${additionalInformationAssignments.customerId} = ${customers.id})`

/** Every name of a customer row that stands in a column of its own. */
const columns: Readonly<Record<string, SQLWrapper>> = {
  id: customers.id,
  customerNumber: customers.customerNumber,
  firstName: customers.firstName,
  lastName: customers.lastName,
  dateOfBirth: customers.dateOfBirth,
  email: customers.email,
  gender: customers.gender,
  street: customers.street,
  houseNumber: customers.houseNumber,
  zipCode: customers.zipCode,
  city: customers.city,
  country: customers.countryCode,
  phonePrivate: customers.phonePrivate,
  phonePrivateMobile: customers.phonePrivateMobile,
  phoneBusiness: customers.phoneBusiness,
  phoneBusinessMobile: customers.phoneBusinessMobile,
  uuid: customers.uuid,
  referralCode: customers.referralCode,
  studioId: customers.studioId,
  secondFirstName: customers.secondFirstName,
  secondLastName: customers.secondLastName,
  secondStreet: customers.secondStreet,
  cityPart: customers.cityPart,
  district: customers.district,
  streetType: customers.streetType,
  streetBlock: customers.streetBlock,
  portal: customers.portal,
  stairway: customers.stairway,
  door: customers.door,
  province: customers.province,
  additionalAddressInformation: customers.additionalAddressInformation,
  floor: customers.floor,
  buildingName: customers.buildingName,
  membershipUntil: customers.membershipUntil,
  languageCode: customers.languageCode,
  languageCountry: customers.languageCountry,
  imageFileId: customers.imageFileId,
  createdMs: sql`floor(extract(epoch from ${customers.createdAt}) * 1000)::bigint`,
  zone: studios.timeZone,
}

/** Living customers of the sight's studios that the integration may see. */
export const isVisible = and(
  isNull(customers.erasedAt),
  eq(customers.system, false),
  sql`${customers.studioId} = any(${sql.placeholder('studioIds')}::bigint[])`,
  sql`not exists (select from ${customerIntegrationBlocks}
    where ${customerIntegrationBlocks.customerId} = ${customers.id}
      and ${customerIntegrationBlocks.integrationId} = ${sql.placeholder('integrationId')})`,
)

/**
 * Whole customers in one statement. Each comes as one JSON text: fifty columns would cost more to describe and to take
 * apart than to read.
 */
function wholeCustomers(db: Queryable, name: string, where: SQL) {
  const { idlePeriods, bankAccount } = customerHooks()
  const parts = { ...columns, mediums, restrictions, thirdPartyId, assignments, idlePeriods, bankAccount }
  const named = Object.entries(parts).map(([key, part]) => [key, sql`${part}`.as(key)] as const)
  const whole = db
    .select(Object.fromEntries(named))
    .from(customers)
    .innerJoin(studios, eq(studios.id, customers.studioId))
    .where(and(isVisible, where))
    .as('whole')
  return db.select({ row: sql<CustomerRow>`row_to_json(whole)` }).from(whole).prepare(name)
}

const byId = prepared((db) => wholeCustomers(db, 'customers_find', eq(customers.id, sql.placeholder('customerId'))))

/** One visible customer. Unknown, foreign, blocked and erased ones cost the same and look the same. */
export async function findCustomer(db: Queryable, sight: Sight, customerId: number): Promise<CustomerRow | undefined> {
  const [found] = await byId(db).execute({ ...paramsOf(sight), customerId })
  return found?.row
}

const byIds = prepared((db) =>
  wholeCustomers(db, 'customers_list_by_ids', sql`${customers.id} = any(${sql.placeholder('customerIds')}::bigint[])`),
)

/** The visible ones among these customers, in the order of `customerIds`. */
export async function listCustomersById(
  db: Queryable,
  sight: Sight,
  customerIds: readonly number[],
): Promise<CustomerRow[]> {
  if (customerIds.length === 0) return []
  const rows = await byIds(db).execute({ ...paramsOf(sight), customerIds })
  const found = new Map(rows.map(({ row }) => [row.id, row]))
  return customerIds.flatMap((id) => found.get(id) ?? [])
}

/** The customer who carries a medium now. PINs are compared by the hashes under all keys of the installation. */
const holderOf = (type: MediumPart['type'], value: SQL) =>
  sql`${customers.id} = (select ${accessMediums.customerId} from ${accessMediums}
    where ${accessMediums.type} = ${type} and ${accessMediums.valueNorm} ${value}
      and ${accessMediums.removedAt} is null
      and (${accessMediums.validUntil} is null or ${accessMediums.validUntil} > ${sql.placeholder('now')}::timestamptz)
    limit 1)`

const wanted = sql.placeholder('wanted')

const lookups = {
  cardNumber: prepared((db) => wholeCustomers(db, 'customers_find_by_card', holderOf('CARD_NUMBER', sql`= ${wanted}`))),
  barcode: prepared((db) => wholeCustomers(db, 'customers_find_by_barcode', holderOf('BARCODE', sql`= ${wanted}`))),
  pin: prepared((db) => wholeCustomers(db, 'customers_find_by_pin', holderOf('PIN', sql`= any(${wanted}::text[])`))),
  qrCodeUuid: prepared((db) => wholeCustomers(db, 'customers_find_by_uuid', sql`${customers.uuid} = ${wanted}`)),
  customerNumber: prepared((db) =>
    wholeCustomers(db, 'customers_find_by_number', sql`${customers.numberFold} = lower(${wanted})`),
  ),
  debtorId: prepared((db) =>
    wholeCustomers(
      db,
      'customers_find_by_debtor',
      sql`${customers.id} = ${customerHooks().customerIdOfDebtor(wanted)}`,
    ),
  ),
} as const

export type LookupKind = keyof typeof lookups

/** The one visible customer of a card, code or number, in the form in which it is stored. */
export async function findCustomerBy(
  db: Queryable,
  sight: Sight,
  { kind, value }: { readonly kind: LookupKind; readonly value: string | readonly string[] },
): Promise<CustomerRow | undefined> {
  const [found] = await lookups[kind](db).execute({ ...paramsOf(sight), wanted: value })
  return found?.row
}
