import type { TrialOfferConfig } from './api-schemas.ts'
import type { ConfigRow } from './config-store.ts'

export function presentConfig(row: ConfigRow): TrialOfferConfig {
  const { confirmationTermValue: value, confirmationTermUnit: unit } = row
  return {
    id: row.id,
    name: row.name,
    preventMultipleBookingsTerm: { value: row.preventMultipleTermValue, unit: row.preventMultipleTermUnit },
    contingent: row.contingent,
    ...(value === null || unit === null ? {} : { confirmationOfBookingTerm: { value, unit } }),
    allowBookingForLeads: row.allowBookingForLeads,
    leadDataConfig: {
      trialOfferLeadDataConfigId: row.leadDataConfigId,
      genderMode: row.genderMode,
      dateOfBirthMode: row.dateOfBirthMode,
      telephoneMode: row.telephoneMode,
      addressMode: row.addressMode,
    },
  }
}
