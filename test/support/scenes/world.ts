import { studios, tenants } from '../../../src/studios/tables.ts'
import { activations, apiKeys, integrations } from '../../../src/integrations/tables.ts'
import type { Tx } from '../../../src/platform/database/database.ts'
import type { Platform } from '../../../src/platform/platform.ts'

/** A studio of the test world with the inbound key of its activation. */
export interface TestStudio {
  readonly tenantId: number
  readonly studioId: number
  readonly activationId: number
  readonly integrationId: number
  readonly key: string
  readonly zone: string
}

/** Two studios of one tenant that share an integration, and a stranger. */
export interface TestWorld {
  readonly berlin: TestStudio
  readonly hamburg: TestStudio
  readonly stranger: TestStudio
}

export const allScopes: readonly string[] = [
  'CUSTOMER_READ',
  'CUSTOMER_ACCOUNT_READ',
  'PAYMENT_WRITE',
  'TAX_ADVISOR_EXPORT_READ',
  'TAX_ADVISOR_EXPORT_WRITE',
  'CUSTOMER_WRITE',
  'STUDIO_READ',
  'STUDIO_WRITE',
  'EMPLOYEE_READ',
  'CLASSES_READ',
  'CLASSES_WRITE',
  'APPOINTMENTS_READ',
  'APPOINTMENTS_WRITE',
  'BOOKABLE_APPOINTMENTS_READ',
  'CUSTOMER_CONTRACT_READ',
  'CUSTOMER_DOCUMENT_READ',
  'CUSTOMER_DOCUMENT_WRITE',
  'CHECKIN_READ',
  'CHECKIN_VOUCHER_WRITE',
  'CUSTOMER_SELF_SERVICE_READ',
  'CUSTOMER_SELF_SERVICE_WRITE',
  'COMMUNICATION_WRITE',
  'COMMUNICATION_PREFERENCES_READ',
  'COMMUNICATION_PREFERENCES_WRITE',
  'CHECKIN_WRITE',
  'LEAD_READ',
  'LEAD_WRITE',
  'ADDITIONAL_INFORMATION_READ',
  'ADDITIONAL_INFORMATION_WRITE',
  'CUSTOMER_ACCESS_MEDIUM_WRITE',
  'CUSTOMER_ACCESS_RESTRICTION_WRITE',
  'CUSTOMER_MEASUREMENT_READ',
  'CUSTOMER_WEIGHING_WRITE',
  'DEVICE_READ',
  'DEVICE_WRITE',
  'TRIAL_OFFER_READ',
  'TRIAL_OFFER_WRITE',
  'CLOCK_WRITE',
  'MEMBERSHIP_READ',
  'MEMBERSHIP_WRITE',
  'MEMBERSHIP_SELF_SERVICE_READ',
  'MEMBERSHIP_SELF_SERVICE_WRITE',
  'MEMBERSHIP_SELF_SERVICE_ADDITIONAL_MODULE_READ',
  'MEMBERSHIP_SELF_SERVICE_ADDITIONAL_MODULE_CONTRACT_READ',
  'MEMBERSHIP_SELF_SERVICE_ADDITIONAL_MODULE_CONTRACT_WRITE',
  'MEMBERSHIP_SELF_SERVICE_IDLE_PERIOD_CONFIG_READ',
  'MEMBERSHIP_SELF_SERVICE_IDLE_PERIOD_READ',
  'MEMBERSHIP_SELF_SERVICE_IDLE_PERIOD_WRITE',
  'DEBT_COLLECTION_READ',
  'DEBT_COLLECTION_WRITE',
  'ONLINE_OFFER_READ',
  'ONLINE_OFFER_WRITE',
]

const TENANT = 1
const OTHER_TENANT = 2
const INTEGRATION = 11
const OTHER_INTEGRATION = 12

export async function insertWorld(platform: Platform, at: Temporal.Instant): Promise<TestWorld> {
  await platform.database.transaction(TENANT, (tx) => insertTenant(platform, tx, { id: TENANT, slug: 'demo', at }))
  await platform.database.transaction(OTHER_TENANT, (tx) =>
    insertTenant(platform, tx, { id: OTHER_TENANT, slug: 'other', at }),
  )
  const open = (plan: Parameters<typeof insertStudio>[2]) =>
    platform.database.transaction(plan.tenantId, (tx) => insertStudio(platform, tx, plan))
  const insertApp = (tenantId: number, id: number) =>
    platform.database.transaction(tenantId, (tx) => insertIntegration(tx, id, at))
  await insertApp(TENANT, INTEGRATION)
  await insertApp(OTHER_TENANT, OTHER_INTEGRATION)
  return {
    berlin: await open({ tenantId: TENANT, studioId: 123, integrationId: INTEGRATION, name: 'Berlin', at }),
    hamburg: await open({ tenantId: TENANT, studioId: 124, integrationId: INTEGRATION, name: 'Hamburg', at }),
    stranger: await open({
      tenantId: OTHER_TENANT,
      studioId: 223,
      integrationId: OTHER_INTEGRATION,
      name: 'Other',
      at,
    }),
  }
}

/** The root of the access codes of the worked examples: bytes 0 to 31. */
const accessSecret = Buffer.from(Array.from({ length: 32 }, (_, n) => n)).toString('base64')

async function insertTenant(
  platform: Platform,
  tx: Tx,
  { id, slug, at }: { id: number; slug: string; at: Temporal.Instant },
) {
  await tx.insert(tenants).values({
    id,
    tenantId: id,
    slug,
    name: slug,
    defaultLanguage: 'en',
    status: 'ACTIVE',
    accessSecretEnc: platform.secrets.seal('field', accessSecret),
    createdAt: at,
    updatedAt: at,
  })
}

async function insertIntegration(tx: Tx, id: number, at: Temporal.Instant) {
  const values = { id, name: 'Test App', requestedScopes: [...allScopes], webhookAccess: true }
  await tx.insert(integrations).values({ ...values, createdAt: at, updatedAt: at })
}

interface StudioPlan {
  readonly tenantId: number
  readonly studioId: number
  readonly integrationId: number
  readonly name: string
  readonly zone?: string
  readonly at: Temporal.Instant
}

/** Opens a studio with an active activation and an inbound key of all scopes. */
export async function insertStudio(platform: Platform, tx: Tx, plan: StudioPlan): Promise<TestStudio> {
  const { tenantId, studioId, integrationId, name, zone = 'Europe/Berlin', at } = plan
  const stamps = { createdAt: at, updatedAt: at }
  const region = { timeZone: zone, currency: 'EUR', languageTag: 'de', countryCode: 'DE', status: 'ACTIVE' as const }
  await tx.insert(studios).values({ id: studioId, number: studioId, name, ...region, ...stamps })
  const activationId = studioId + 1000
  await tx
    .insert(activations)
    .values({ id: activationId, integrationId, studioId, status: 'ACTIVE', scopes: [...allScopes], ...stamps })
  const key = `pal_in_test${name}`.padEnd(47, '0')
  await tx.insert(apiKeys).values({
    activationId,
    kind: 'INBOUND',
    keyHash: platform.secrets.hash('api-key', key),
    hint: key.slice(-4),
    status: 'ACTIVE',
    createdAt: at,
  })
  return { tenantId, studioId, activationId, integrationId, key, zone }
}
