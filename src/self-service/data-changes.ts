import { diffValues, hashed } from '../platform/units/audit-values.ts'
import type { Secrets } from '../platform/secrets.ts'
import type { UnitOfWork } from '../platform/units/work.ts'
import { type FieldGroup, groupFields, type Values } from './amendment-rules.ts'
import { type DataRow, updateData } from './amendment-store.ts'
import {
  customerUpdated,
  type customers,
  dedupeHashes,
  foldEmail,
  foldNames,
  internationalPhone,
  announceToHomeStudio,
} from '../customers/index.ts'

type Columns = Partial<typeof customers.$inferInsert>

/** The fields of a group as a customer has them now. */
export function readGroup(group: FieldGroup, row: DataRow): Values {
  const all: Values = { ...row, ...readMasterData(row), id: null, studioId: null }
  return Object.fromEntries(groupFields[group].map((field) => [field, all[field] ?? null]))
}

function readMasterData({ title, dateOfBirth }: DataRow) {
  return { customerTitle: title, dateOfBirth: dateOfBirth?.toString() ?? null }
}

export interface DataChange {
  readonly group: FieldGroup
  /** Fields to write; the others stay. */
  readonly values: Values
  /** How phone numbers without prefix are read. */
  readonly country: string
}

/**
 * Writes fields of a group into a locked customer, together with everything that is computed from them, and informs
 * partners once.
 */
export async function changeData(work: UnitOfWork, row: DataRow, change: DataChange, secrets: Secrets) {
  const { group, values } = change
  await updateData(work.tx, row.id, toColumns(row, change, secrets), work.now)
  work.audit({
    action: 'customer.dataChanged',
    entityKind: 'customer',
    entityId: row.id,
    studioId: row.studioId,
    diff: diffValues<Record<string, unknown>>(readGroup(group, row), values, (field, value) =>
      hashed(secrets, field, value),
    ),
  })
  await announceToHomeStudio(work, customerUpdated, row.id)
}

function toColumns(row: DataRow, { group, values, country }: DataChange, secrets: Secrets): Columns {
  switch (group) {
    case 'CONTACT_DATA':
      return contactColumns({ ...row, ...values }, 'email' in values && values['email'] !== row.email, country, secrets)
    case 'ADDRESS_DATA':
      // A new address has not come back yet.
      return { ...values, addressStatus: 'VALID', addressStatusInformation: null, addressStatusSince: null }
    case 'MASTER_DATA':
      return masterColumns(row, values, secrets)
  }
}

function contactColumns(row: DataRow, isNewEmail: boolean, country: string, secrets: Secrets): Columns {
  const { email, phonePrivate, phonePrivateMobile, phoneBusiness, phoneBusinessMobile } = row
  const phones = [phonePrivate, phonePrivateMobile, phoneBusiness, phoneBusinessMobile]
  return {
    email,
    phonePrivate,
    phonePrivateMobile,
    phoneBusiness,
    phoneBusinessMobile,
    emailFold: email === null ? null : foldEmail(email),
    phoneFolds: phones.filter((phone) => phone !== null).map((phone) => internationalPhone(phone, country)),
    dedupeHash: makeDedupeHash(row, secrets),
    ...(isNewEmail ? { emailStatus: 'UNVERIFIED' as const } : {}),
  }
}

function masterColumns(row: DataRow, values: Values, secrets: Secrets): Columns {
  const { customerTitle, dateOfBirth, ...others } = values
  const changes = {
    ...others,
    ...(customerTitle ? { title: customerTitle } : {}),
    ...(dateOfBirth ? { dateOfBirth: Temporal.PlainDate.from(dateOfBirth) } : {}),
  } as Columns
  const changed = { ...row, ...changes } as DataRow
  return { ...changes, ...foldNames(changed), dedupeHash: makeDedupeHash(changed, secrets) }
}

/** Without birth date or e-mail address two people cannot be recognized as the same person. */
function makeDedupeHash({ firstName, lastName, dateOfBirth, email }: DataRow, secrets: Secrets): Buffer | null {
  if (dateOfBirth === null || email === null) return null
  return dedupeHashes({ firstName, lastName, dateOfBirth, email }, secrets)[0] ?? null
}
