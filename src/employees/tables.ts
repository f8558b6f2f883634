import { sql } from 'drizzle-orm'
import { char, primaryKey, index, text, uniqueIndex } from 'drizzle-orm/pg-core'
import { instant, plainDate, ref } from '../platform/database/columns.ts'
import { files } from '../platform/tables.ts'
import { aggregateTable, belongsTo, keyedTable, tenantTable } from '../platform/database/tenant-table.ts'
import { studios } from '../studios/tables.ts'

/** People who work here. Where: `employee_studios`; what can be booked of them: `resources`. */
export const employees = aggregateTable(
  'employees',
  {
    firstName: text('first_name').notNull(),
    lastName: text('last_name').notNull(),
    /** What customers may see. */
    publicName: text('public_name'),
    /** Null = computed from the names. */
    initials: text('initials'),
    gender: text('gender', { enum: ['MALE', 'FEMALE', 'UNISEX'] })
      .notNull()
      .default('UNISEX'),
    dateOfBirth: plainDate('date_of_birth'),
    employeeNumber: text('employee_number'),
    businessRole: text('business_role', {
      enum: ['STUDIO_OWNER', 'STUDIO_MANAGER', 'TRAINER', 'SERVICE_EMPLOYEE', 'ADMINISTRATION_OR_FINANCE', 'MARKETING'],
    }),
    externalRole: text('external_role'),
    phone1: text('phone1'),
    phone2: text('phone2'),
    email: text('email'),
    street: text('street'),
    houseNumber: text('house_number'),
    zipCode: text('zip_code'),
    city: text('city'),
    countryCode: char('country_code', { length: 2 }),
    imageFileId: ref('image_file_id'),
    deletedAt: instant('deleted_at'),
  },
  (t) => [belongsTo(t, t.imageFileId, files)],
)

export const employeeStudios = tenantTable(
  'employee_studios',
  { employeeId: ref('employee_id').notNull(), studioId: ref('studio_id').notNull(), removedAt: instant('removed_at') },
  (t) => [
    uniqueIndex('employee_studios_once').on(t.tenantId, t.employeeId, t.studioId).where(sql`${t.removedAt} is null`),
    index('employee_studios_studio').on(t.tenantId, t.studioId, t.employeeId),
    belongsTo(t, t.employeeId, employees),
    belongsTo(t, t.studioId, studios),
  ],
)

export const competences = tenantTable('competences', { name: text('name').notNull() }, (t) => [
  uniqueIndex('competences_name_unique').on(t.tenantId, t.name),
])

export const employeeCompetences = keyedTable(
  'employee_competences',
  { employeeId: ref('employee_id').notNull(), competenceId: ref('competence_id').notNull() },
  (t) => [
    primaryKey({ name: 'employee_competences_pk', columns: [t.tenantId, t.employeeId, t.competenceId] }),
    belongsTo(t, t.employeeId, employees),
    belongsTo(t, t.competenceId, competences),
  ],
)
