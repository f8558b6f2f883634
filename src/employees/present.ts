import { fileLink, type LinkSigner } from '../platform/files/links.ts'
import type { PartnerView } from '../platform/units/work.ts'
import { nonNull } from '../platform/values/defined.ts'
import type { Employee } from './api.ts'
import type { EmployeeRow } from './store.ts'

/** An employee as partners see one: private data only where the studio shares it. */
export function presentEmployee(
  row: EmployeeRow,
  { caller, now }: Pick<PartnerView, 'caller' | 'now'>,
  signer: LinkSigner,
): Employee {
  return nonNull({
    id: row.id,
    firstName: row.firstName,
    lastName: row.lastName,
    employeeImageUrl:
      row.imageFileId === null
        ? null
        : fileLink(
            signer,
            { tenantSlug: caller.tenant.slug, fileId: row.imageFileId, disposition: 'inline' as const },
            now,
          ),
    gender: row.gender,
    employeeNumber: row.employeeNumber,
    employeeInitials: row.initials ?? formatInitials(row.firstName, row.lastName),
    publicName: row.publicName,
    businessRole: row.businessRole,
    externalRole: row.externalRole,
    email: row.email,
    employeeCompetences: row.competences,
    ...(row.sharesPrivateData
      ? {
          dateOfBirth: row.dateOfBirth?.toString(),
          phone1: row.phone1,
          phone2: row.phone2,
          street: row.street,
          houseNumber: row.houseNumber,
          zipCode: row.zipCode,
          city: row.city,
          country: row.countryCode,
        }
      : {}),
  })
}

/** `P.P.` for Petra Pan. */
export function formatInitials(...names: readonly string[]): string {
  return names.map((name) => `${/^./su.exec(name)?.[0].toUpperCase() ?? ''}.`).join('')
}
