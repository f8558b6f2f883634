import {
  admitPerson,
  personFields,
  isKnownPerson,
  isThirdPartyIdTaken,
  listLookAlikes,
  lockCandidates,
  namesOfPerson,
  type Person,
  readPerson,
  type Sight,
} from '../customers/index.ts'
import { type ApiError, badRequest, notFound } from '../platform/errors/errors.ts'
import type { Secrets } from '../platform/secrets.ts'
import type { UnitOfWork, View } from '../platform/units/work.ts'
import { dateIn } from '../platform/time/zoned-time.ts'
import { defined } from '../platform/values/defined.ts'
import { findStudio, type StudioRow } from '../studios/index.ts'
import { planAssignments } from './answer-rules.ts'
import type { LeadDraft, LeadForm, LeadPaths } from './draft-facts.ts'
import { judgeLead, leadPaths, withoutInactive } from './lead-rules.ts'
import { findCampaignId, insertLead, type NewLead } from './store.ts'
import { planWishes } from './wish-rules.ts'

type Invalid = 'INVALID_LEAD_DATA' | 'INVALID_LEAD_CUSTOMER_DATA'

/** How the operation that asks spells things: the status of unfit data, and where the parts of a draft stand. */
export interface LeadWording<S extends Invalid = Invalid> {
  readonly invalid: S
  readonly paths: LeadPaths
}

export const leadWording: LeadWording<'INVALID_LEAD_DATA'> = { invalid: 'INVALID_LEAD_DATA', paths: leadPaths }

export interface LeadContext<S extends Invalid = Invalid> {
  readonly studioId: number
  readonly form: LeadForm
  readonly wording: LeadWording<S>
  /** Among whom duplicates are searched. */
  readonly sight: Sight
}

export interface LeadOrigin {
  readonly source: NewLead['source']
  readonly trialOfferConfigId?: number
  readonly secrets: Secrets
}

export type LeadVerdict<S extends Invalid = Invalid> =
  | { readonly status: 'POSSIBLE' | 'DUPLICATE_CUSTOMER' }
  | { readonly status: S; readonly reference: string }

/** Whether a prospect could be entered now: data first, then whether the person is known already. */
export async function checkLead<S extends Invalid>(
  { db, now }: View,
  draft: LeadDraft,
  context: LeadContext<S>,
): Promise<LeadVerdict<S>> {
  const studio = await getStudio(db, context.studioId)
  const { person, reference } = judge(draft, context, studio, now)
  if (reference !== undefined) return { status: context.wording.invalid, reference }
  return { status: (await isKnown(db, person, { studio, sight: context.sight })) ? 'DUPLICATE_CUSTOMER' : 'POSSIBLE' }
}

/**
 * Enters a prospect: a customer without a contract and the lead, sent as a new customer. Equal prospects queue up before
 * the search for duplicates, so that of two at once one finds the other.
 */
export async function createLead(work: UnitOfWork, draft: LeadDraft, context: LeadContext, origin: LeadOrigin) {
  const { tx, now } = work
  const studio = await getStudio(tx, context.studioId)
  const { person, asked, reference } = judge(draft, context, studio, now)
  if (reference !== undefined) throw refusal(context.wording.invalid, reference)
  await lockCandidates(tx, origin.secrets, lockNames(work.caller.tenantId, person, context.sight))
  if (await isKnown(tx, person, { studio, sight: context.sight })) throw refusal('DUPLICATE_CUSTOMER')
  const { form, sight } = context
  const brought = {
    assignments: planAssignments(asked.additionalInformation ?? [], form.fields),
    communicationPreferences: planWishes(asked.communicationPreferences ?? [], form.channels),
  }
  const admission = { studio, source: formatSource(origin), secrets: origin.secrets, sight }
  const customer = await admitPerson(work, person, brought, admission)
  return { ...customer, id: await storeLead(work, asked, customer.customerId, { studioId: studio.id, origin }) }
}

async function storeLead(
  work: UnitOfWork,
  { notes, externalIdentifier }: LeadDraft,
  customerId: number,
  { studioId, origin }: { readonly studioId: number; readonly origin: LeadOrigin },
): Promise<number> {
  const { source, trialOfferConfigId } = origin
  const campaignId = externalIdentifier ? await findCampaignId(work.tx, studioId, externalIdentifier) : undefined
  const lead = { studioId, customerId, source, trialOfferConfigId: trialOfferConfigId ?? null, notes: notes ?? null }
  const campaign = { campaignExternalId: externalIdentifier ?? null, campaignId: campaignId ?? null }
  const id = await insertLead(work.tx, { ...lead, ...campaign }, work.now)
  const diff = {
    customerId: [null, customerId],
    source: [null, source],
    campaignId: [null, campaign.campaignId],
  } as const
  work.audit({ action: 'lead.created', entityKind: 'lead', entityId: id, studioId, diff })
  return id
}

/** The prospect as a person, what of the draft is asked for, and the first field that cannot be accepted. */
function judge(draft: LeadDraft, { form, wording }: LeadContext, studio: StudioRow, now: Temporal.Instant) {
  const asked = withoutInactive(draft, form)
  const person = toPerson(asked, studio)
  const fields = { ...personFields(person), phones: { telephone: person.phoneNumberPrivate } }
  const today = dateIn(now, studio.timeZone)
  return { asked, person, reference: judgeLead(asked, fields, form, { today, paths: wording.paths }) }
}

function toPerson({ leadCustomer, address }: LeadDraft, studio: StudioRow): Person {
  const { firstname, secondFirstname, lastname, secondLastname, telephone, language, ...rest } = leadCustomer
  const [languageCode = '', countryCode] = studio.languageTag.split('-')
  return readPerson({
    ...address,
    ...rest,
    firstName: firstname,
    lastName: lastname,
    language: language ?? { languageCode, ...defined({ countryCode }) },
    ...defined({ secondFirstName: secondFirstname, secondLastName: secondLastname, phoneNumberPrivate: telephone }),
  })
}

const toLikeness = ({ firstName, lastName, email, dateOfBirth }: Person) => ({
  firstName,
  lastName,
  email,
  dateOfBirth: dateOfBirth ?? null,
})

async function isKnown(
  db: View['db'],
  person: Person,
  { studio, sight }: { readonly studio: StudioRow; readonly sight: Sight },
): Promise<boolean> {
  if (person.thirdPartyId && (await isThirdPartyIdTaken(db, sight, person.thirdPartyId))) return true
  const alike = await listLookAlikes(db, sight, toLikeness(person))
  return isKnownPerson(toLikeness(person), alike, studio.leadDuplicateRule)
}

/** The third-party id as `createCustomer` locks it. */
function lockNames(tenantId: number, person: Person, { integrationId }: Sight): string[] {
  const names = namesOfPerson(toLikeness(person)).map((name) => `${tenantId} ${name}`)
  return person.thirdPartyId ? [...names, `${tenantId} ${integrationId} ${person.thirdPartyId}`] : names
}

const formatSource = ({ source }: LeadOrigin) =>
  source === 'TRIAL_OFFER' ? ('TRIAL_OFFER' as const) : source === 'STAFF' ? ('STAFF' as const) : ('LEAD' as const)

function refusal(status: Invalid | 'DUPLICATE_CUSTOMER', reference?: string): ApiError {
  const codes = {
    INVALID_LEAD_DATA: 'errormessage.lead.invalidLeadData',
    INVALID_LEAD_CUSTOMER_DATA: 'errormessage.lead.invalidLeadCustomerData',
    DUPLICATE_CUSTOMER: 'errormessage.lead.duplicateCustomer',
  } as const
  const args = [{ type: 'ENUM', value: status }] as const
  return badRequest(codes[status], { args, ...defined({ reference }) })
}

async function getStudio(db: View['db'], studioId: number): Promise<StudioRow> {
  const studio = await findStudio(db, studioId)
  if (!studio) throw notFound('studio', studioId)
  return studio
}
