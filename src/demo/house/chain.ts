import type { Platform } from '../../platform/platform.ts'
import { legalEntities } from '../../accounts/tables.ts'
import type { daysOfWeek } from '../../studios/weekday-rules.ts'
import { studios as studioTable, tenants as tenantTable } from '../../studios/tables.ts'
import { activations, integrations } from '../../integrations/tables.ts'
import { defined } from '../../platform/values/defined.ts'
import { createTag, saveOpeningHours, setStudioTags } from '../../studios/index.ts'
import { importKey } from '../../integrations/index.ts'
import { newSigningSecret } from '../../webhooks/index.ts'
import { type DemoKeyName, inboundKey, webhookKey } from './keys.ts'
import { farAhead } from '../planning/calendar.ts'
import { plant, type Planting } from '../planting.ts'
import { readScopes, scopes } from './scopes.ts'
import { berlin, demoStudios, elsewhere, graz, hamburg, lisbon, london, otherStudios, zurich } from './studios.ts'

export { berlin, graz, hamburg, lisbon } from './studios.ts'

/** The two tenants; ids below the sequence's start are free for the demo. */
export const demoTenant = { id: 1, slug: 'demo', name: 'Lindenhof Fitness', defaultLanguage: 'en' } as const
export const otherTenant = { id: 2, slug: 'other', name: 'Other Gym', defaultLanguage: 'en' } as const

/** All that a database of the demo holds. */
export const demoTenants = [demoTenant, otherTenant] as const

/** How many Hamburg admits: few, so that it can be full. */
export const fewInHamburg = 8

/** The legal entity whose books the studios share. Those with another currency have books of their own. */
export const legalEntity = 1

interface IntegrationPlan {
  readonly id: number
  readonly name: string
  readonly scopes: readonly string[]
  readonly webhookAccess: boolean
  /** How date-times are written for it; left out: as the API describes them. */
  readonly dateTimeForm?: 'RFC3339'
  /** Where it is active, with the key that it has there, if that one is public. */
  readonly active: readonly { readonly id: number; readonly studioId: number; readonly key?: DemoKeyName }[]
}

/** Whom mails about integrations are written to; in the demo they stay in its data folder. */
const demoPartner = 'partner@demo.example'

/** Ids of integrations and activations. */
export const demoApp = 11
export const demoAppInBerlin = 1123
const demoIntegrations: readonly IntegrationPlan[] = [
  {
    id: demoApp,
    name: 'Demo App',
    scopes,
    webhookAccess: true,
    active: [
      { id: demoAppInBerlin, studioId: berlin, key: 'demoBerlinFull' },
      { id: 1124, studioId: hamburg, key: 'demoHamburgFull' },
      { id: 1125, studioId: lisbon },
      { id: 1126, studioId: london, key: 'demoLondonFull' },
      { id: 1127, studioId: zurich },
    ],
  },
  {
    id: 12,
    name: 'Read only',
    scopes: readScopes,
    webhookAccess: false,
    active: [{ id: 1201, studioId: berlin, key: 'demoBerlinRead' }],
  },
  {
    id: 13,
    name: 'Scale',
    scopes: ['CUSTOMER_WEIGHING_WRITE'],
    webhookAccess: false,
    active: [{ id: 1301, studioId: berlin, key: 'demoBerlinScale' }],
  },
  {
    id: 14,
    name: 'Plain RFC 3339',
    scopes,
    webhookAccess: false,
    dateTimeForm: 'RFC3339',
    active: [{ id: 1401, studioId: berlin, key: 'demoBerlinRfc3339' }],
  },
  {
    id: 15,
    name: 'Agency',
    scopes: ['DEBT_COLLECTION_READ', 'DEBT_COLLECTION_WRITE'],
    webhookAccess: false,
    active: [{ id: 1501, studioId: berlin, key: 'demoBerlinAgency' }],
  },
]

/** The debt collection agency of Berlin. */
export const demoAgency = 15

const otherIntegrations: readonly IntegrationPlan[] = [
  {
    id: 21,
    name: 'Other App',
    scopes,
    webhookAccess: true,
    active: [{ id: 2123, studioId: elsewhere, key: 'demoOtherFull' }],
  },
]

export async function plantDemoChain(planting: Planting) {
  await plantTenant(planting, demoTenant)
  await plantStudios(planting, demoStudios)
  for (const plan of demoIntegrations) await plantIntegration(planting, plan)
  await plantTags(planting)
}

/** A stranger beside the demo chain, to show that neither sees the other. */
export async function plantOtherChain(planting: Planting) {
  await plantTenant(planting, otherTenant)
  await plantStudios(planting, otherStudios)
  for (const plan of otherIntegrations) await plantIntegration(planting, plan)
}

async function plantTenant(planting: Planting, tenant: typeof demoTenant | typeof otherTenant) {
  const accessSecretEnc = sealedSecret(planting.platform, `${tenant.slug}-access-secret`)
  await plant(planting, tenantTable, [{ ...tenant, status: 'ACTIVE', accessSecretEnc }])
}

/** Fixed, so that access codes of the demo are the same after a reset. */
function sealedSecret({ secrets }: Platform, text: string): Buffer {
  return secrets.seal('field', Buffer.from(text.padEnd(32, '.')).toString('base64'))
}

async function plantStudios(planting: Planting, plans: typeof demoStudios | typeof otherStudios) {
  const companies = companiesIn(plans)
  await plant(planting, legalEntities, companies)
  const rows = plans.map(({ openingDate, ...plan }) => ({
    ...plan,
    number: plan.id,
    description: `${plan.name}: weights, classes and people who know your name.`,
    openingDate: Temporal.PlainDate.from(openingDate),
    email: `${plan.city
      .toLowerCase()
      .normalize('NFKD')
      .replaceAll(/[^a-z]/g, '')}@lindenhof.example`,
    website: 'https://lindenhof.example',
    capacity: plan.id === hamburg ? fewInHamburg : 100,
    legalEntityId: companies.find(({ currency }) => currency === plan.currency)?.id ?? null,
    status: 'ACTIVE' as const,
  }))
  await plant(planting, studioTable, rows)
  for (const { id } of plans) await saveOpeningHours(planting.work, id, openingHours(planting, id))
}

/** What bills and agencies say of the legal entity of the euro. */
const companyDetails = {
  legalForm: 'GmbH',
  vatNumber: 'DE142156559',
  deductsInputTax: true,
  accountHolder: 'Lindenhof GmbH',
  iban: 'DE75512108001245126199',
  bic: 'SOGEDEFFXXX',
  bankName: 'Société Générale',
}

/** One legal entity for each currency, the one of the euro first. */
function companiesIn(plans: typeof demoStudios | typeof otherStudios) {
  const byCurrency = Map.groupBy<string, (typeof plans)[number]>(plans, ({ currency }) => currency)
  return [...byCurrency].map(([currency, [first]], n) => ({
    id: legalEntity + n,
    name: n === 0 ? 'Lindenhof GmbH' : `Lindenhof ${first?.city}`,
    countryCode: first?.countryCode ?? 'DE',
    currency,
    isDefault: true,
    ...(n === 0 ? companyDetails : {}),
  }))
}

type Day = (typeof daysOfWeek)[number]
const time = (text: string) => Temporal.PlainTime.from(text)
const week = [
  { dayFrom: 'MONDAY' as Day, dayTo: 'FRIDAY' as Day, timeFrom: time('06:00'), timeTo: time('23:00') },
  { dayFrom: 'SATURDAY' as Day, dayTo: 'SUNDAY' as Day, timeFrom: time('08:00'), timeTo: time('20:00') },
]
const mornings: readonly Day[] = ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY']
/** Categories to which rates can limit the access of members; those of other studios count on from Berlin's. */
export const offPeak = 70
export const earlyBird = 80

function openingHours(planting: Planting, studioId: number) {
  const hours = (['INTERNAL', 'PUBLIC'] as const).flatMap((kind) => week.map((row) => ({ kind, ...row })))
  const times = mornings.map((day) => ({ day, timeFrom: time('09:00'), timeTo: time('15:00') }))
  const offPeakTimes = { id: offPeak + studioId - berlin, name: 'Off-Peak', times }
  return {
    hours,
    closings: studioId === graz ? [refurbishment(planting.today)] : closingsFrom(planting.today),
    categories: studioId === berlin ? [offPeakTimes, earlyBirdTimes] : [offPeakTimes],
  }
}

const earlyBirdTimes = {
  id: earlyBird,
  name: 'Early Bird',
  times: mornings.map((day) => ({ day, timeFrom: time('06:00'), timeTo: time('07:00') })),
}

/** Graz is closed for longer than a developer tries the demo. */
function refurbishment(today: Temporal.PlainDate) {
  return {
    reason: 'Refurbishment',
    fromLocal: today.subtract({ days: 30 }).toPlainDateTime(),
    toLocal: today.add({ days: 730 }).toPlainDateTime(),
  }
}

/** A day off soon, and one so far ahead that it is still to come after months of playing. */
export function closingsFrom(today: Temporal.PlainDate) {
  const dayOff = (reason: string, days: number) => ({
    reason,
    fromLocal: today.add({ days }).toPlainDateTime(),
    toLocal: today.add({ days: days + 1 }).toPlainDateTime(),
  })
  return [dayOff('Public holiday', 5), dayOff('Stocktaking', farAhead + 1)]
}

async function plantIntegration(planting: Planting, plan: IntegrationPlan) {
  const { work, platform } = planting
  const { id, name, webhookAccess, dateTimeForm, active } = plan
  const signingSecretEnc = webhookAccess ? platform.secrets.seal('signing-secret', newSigningSecret()) : null
  const settings = { webhookAccess, ...defined({ dateTimeForm }), contactEmail: demoPartner, signingSecretEnc }
  await plant(planting, integrations, [{ id, name, ...settings, requestedScopes: [...plan.scopes] }])
  const confirmed = webhookAccess ? { confirmedAt: work.now, webhooksEnabledAt: monthAgo(planting) } : {}
  await plant(
    planting,
    activations,
    active.map((each) => ({
      id: each.id,
      integrationId: id,
      studioId: each.studioId,
      status: 'ACTIVE' as const,
      scopes: [...plan.scopes],
      ...confirmed,
    })),
  )
  const deps = { secrets: platform.secrets, realNow: platform.real.now() }
  for (const { id: activationId, key } of active) {
    if (key === undefined) continue
    await importKey(work, activationId, { kind: 'INBOUND', key: inboundKey(key) }, deps)
    if (webhookAccess) await importKey(work, activationId, { kind: 'WEBHOOK', key: webhookKey(key) }, deps)
  }
}

/** The history of events begins here. */
function monthAgo({ work }: Planting): Temporal.Instant {
  return work.now.subtract({ hours: 24 * 30 })
}

const tagsByStudio = new Map([
  [berlin, ['24-7', 'sauna', 'ladies-area']],
  [hamburg, ['sauna']],
])

async function plantTags({ work }: Planting) {
  for (const name of ['24-7', 'sauna', 'ladies-area', 'pool']) await createTag(work, { name })
  for (const [studioId, names] of tagsByStudio) {
    await setStudioTags(
      work,
      studioId,
      names.map((name) => ({ name })),
    )
  }
}
