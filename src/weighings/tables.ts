import { sql } from 'drizzle-orm'
import { check, index, numeric } from 'drizzle-orm/pg-core'
import { bytes, instant, ref } from '../platform/database/columns.ts'
import { belongsTo, tenantTable } from '../platform/database/tenant-table.ts'
import { studios } from '../studios/tables.ts'
import { integrations } from '../integrations/tables.ts'
import { customers } from '../customers/customer-table.ts'

/** A measured value with the four decimals that are kept. */
const measured = <N extends string>(name: N) => numeric(name, { precision: 9, scale: 4 })

/** What a scale found out about a body. Nothing in here is computed by us. */
export const weighings = tenantTable(
  'weighings',
  {
    customerId: ref('customer_id').notNull(),
    measuredAt: instant('measured_at').notNull(),
    /** Null = entered by staff. */
    integrationId: ref('integration_id'),
    studioId: ref('studio_id').notNull(),
    ...bodyValues(),
    ...segments(),
    rawResultsEnc: bytes('raw_results_enc'),
    /** Keyed hash of the raw results, by which a repeated transmission is known. */
    rawHash: bytes('raw_hash'),
    /** `benefit_usages`, of a module above. */
    benefitUsageId: ref('benefit_usage_id'),
  },
  (t) => [
    index('weighings_customer').on(
      t.tenantId,
      t.customerId,
      t.measuredAt.desc().nullsFirst(),
      t.id.desc().nullsFirst(),
    ),
    check(
      'weighings_raw_whole',
      sql`num_nonnulls(${t.rawResultsEnc}, ${t.rawHash}) = case when ${t.integrationId} is null then 0 else 2 end`,
    ),
    belongsTo(t, t.customerId, customers),
    belongsTo(t, t.integrationId, integrations),
    belongsTo(t, t.studioId, studios),
  ],
)

function bodyValues() {
  return {
    basalMetabolicRate: measured('basal_metabolic_rate'),
    bodyFatMass: measured('body_fat_mass'),
    bodyMassIndex: measured('body_mass_index'),
    fatFreeMass: measured('fat_free_mass'),
    percentBodyFat: measured('percent_body_fat'),
    percentSkeletalMuscleMass: measured('percent_skeletal_muscle_mass'),
    skeletalMuscleMass: measured('skeletal_muscle_mass'),
    totalBodyWater: measured('total_body_water'),
    visceralFatLevel: measured('visceral_fat_level'),
    weight: measured('weight'),
    height: measured('height'),
  }
}

/** Fat mass (bfm) and fat-free mass (ffm) per segment, in kilograms and in percent of a norm. */
function segments() {
  return {
    bfmLeftArm: measured('bfm_left_arm'),
    bfmLeftLeg: measured('bfm_left_leg'),
    bfmPercentLeftArm: measured('bfm_percent_left_arm'),
    bfmPercentLeftLeg: measured('bfm_percent_left_leg'),
    bfmPercentRightArm: measured('bfm_percent_right_arm'),
    bfmPercentRightLeg: measured('bfm_percent_right_leg'),
    bfmPercentTrunk: measured('bfm_percent_trunk'),
    bfmRightArm: measured('bfm_right_arm'),
    bfmRightLeg: measured('bfm_right_leg'),
    bfmTrunk: measured('bfm_trunk'),
    ffmLeftArm: measured('ffm_left_arm'),
    ffmLeftLeg: measured('ffm_left_leg'),
    ffmPercentLeftArm: measured('ffm_percent_left_arm'),
    ffmPercentLeftLeg: measured('ffm_percent_left_leg'),
    ffmPercentRightArm: measured('ffm_percent_right_arm'),
    ffmPercentRightLeg: measured('ffm_percent_right_leg'),
    ffmPercentTrunk: measured('ffm_percent_trunk'),
    ffmRightArm: measured('ffm_right_arm'),
    ffmRightLeg: measured('ffm_right_leg'),
    ffmTrunk: measured('ffm_trunk'),
  }
}
