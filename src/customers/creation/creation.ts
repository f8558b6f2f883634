import { diffValues, hashed } from '../../platform/units/audit-values.ts'
import { badRequest, conflict, notFound, refuseFields } from '../../platform/errors/errors.ts'
import type { Tx } from '../../platform/database/database.ts'
import type { Secrets } from '../../platform/secrets.ts'
import type { UnitOfWork } from '../../platform/units/work.ts'
import { dateIn } from '../../platform/time/zoned-time.ts'
import { findStudio, type StudioRow } from '../../studios/index.ts'
import { refuseAssignment } from '../information/assignments.ts'
import { type Assignment, judgeAssignments } from '../information/assignment-rules.ts'
import {
  findDuplicate,
  findThirdPartyHolder,
  insertAssignments,
  insertCustomer,
  insertThirdPartyId,
  lockCandidate,
  type NewCustomer,
} from './creation-store.ts'
import { listAssignableFields } from '../information/information-store.ts'
import { type Creation, customerHooks } from '../hooks.ts'
import { type Identifiers, newIdentifiers } from './identifiers.ts'
import { judgePerson } from './person-rules.ts'
import { toColumns, dedupeHashes, personFields, type Person, readPerson } from './persons.ts'
import type { Sight } from '../reading/sight.ts'
import type { MembershipSignupCustomer } from '../signup-schema.ts'
import { judgeTaxData } from './tax-rules.ts'
import { customerCreated } from '../events.ts'

export interface CreationContext {
  readonly studioId: number
  readonly source: NewCustomer['source']
  /** The integration whose own id `thirdPartyId` is, and how far it sees; absent for staff. */
  readonly sight?: Sight
  readonly secrets: Secrets
  /** What the customer is known by already, from a migration or a demo; the rest is drawn. */
  readonly given?: Partial<Identifiers> & { readonly id?: number }
}

/**
 * Creates a person of a studio, without a contract, in the order of checks of the API; any failure leaves nothing.
 * Answers the id of the new customer.
 */
export async function createCustomer(
  work: UnitOfWork,
  input: MembershipSignupCustomer,
  context: CreationContext,
): Promise<number> {
  const { tx, now } = work
  const { secrets, sight, studioId } = context
  const studio = await findStudio(tx, studioId)
  if (!studio) throw notFound('studio', studioId)
  const person = readPerson(input)
  refusePerson(person, studio, now)
  await refuseKnown(work, person, { studio, sight, secrets })
  const { communicationPreferences, paymentRequestToken, additionalInformationFieldAssignments: assignments } = input
  if (assignments && assignments.length > 0) await refuseAssignments(work, studioId, assignments)
  const brought = { assignments, communicationPreferences, paymentRequestToken }
  const { customerId } = await admitPerson(work, person, brought, { ...context, studio })
  return customerId
}

/** What a new person comes with besides what is known of the person. */
export interface Brought {
  readonly assignments?: readonly Assignment[] | undefined
  readonly communicationPreferences?: Creation['communicationPreferences']
  readonly paymentRequestToken?: Creation['paymentRequestToken']
}

export type Admission = Omit<CreationContext, 'studioId'> & { readonly studio: StudioRow }

/** Writes a person whom its caller has judged, with the event; the parts of other modules may still refuse. */
export async function admitPerson(work: UnitOfWork, person: Person, brought: Brought, admission: Admission) {
  const { tx, now } = work
  const { secrets, sight, studio, source, given } = admission
  const { communicationPreferences, paymentRequestToken, assignments = [] } = brought
  const parts = []
  for (const hook of customerHooks().onCreate) {
    parts.push(await hook(work, { studioId: studio.id, communicationPreferences, paymentRequestToken }))
  }
  const columns = { ...toColumns(person, studio.countryCode, secrets), studioId: studio.id, source }
  const identifiers = { ...(await newIdentifiers(tx, studio)), ...given }
  const customerId = await insertCustomer(tx, { ...columns, ...identifiers }, now)
  if (person.thirdPartyId) {
    const integrationId = sight?.integrationId ?? null
    await insertThirdPartyId(tx, { customerId, integrationId, value: person.thirdPartyId }, now)
  }
  await insertAssignments(tx, customerId, assignments, now)
  for (const store of parts) await store(customerId)
  announceCreation(work, { customerId, studioId: studio.id, person, secrets })
  return { customerId, uuid: identifiers.uuid, customerNumber: identifiers.customerNumber }
}

/** The fields of the person, then what the studio's country asks for. */
function refusePerson(person: Person, studio: StudioRow, now: Temporal.Instant) {
  const [first, ...more] = judgePerson(personFields(person), dateIn(now, studio.timeZone))
  if (first) throw refuseFields([first, ...more])
  const refusal = judgeTaxData({
    studioCountry: studio.countryCode,
    isStrict: studio.taxIdStrict,
    taxId: person.taxId,
    hasDocument: person.documentIdentification !== undefined,
    placeOfBirth: person.placeOfBirth,
    countryOfBirth: person.countryOfBirth,
  })
  switch (refusal) {
    case 'TAX_ID_REQUIRED':
      throw badRequest('errormessage.customer.taxIdRequired', { reference: 'taxId' })
    case 'TAX_ID_INVALID':
      throw badRequest('errormessage.customer.taxIdInvalid', { reference: 'taxId' })
    case 'PLACE_OF_BIRTH_REQUIRED':
      throw badRequest('errormessage.customer.placeOfBirthRequired', { reference: 'placeOfBirth' })
    case undefined:
  }
}

/** Third-party id, then duplicates. Equal candidates queue up first: what is read after it is what the winner committed. */
async function refuseKnown(
  { tx, caller }: UnitOfWork,
  person: Person,
  {
    studio,
    sight,
    secrets,
  }: { readonly studio: StudioRow; readonly sight: Sight | undefined; readonly secrets: Secrets },
) {
  const hashes = dedupeHashes(person, secrets)
  const { thirdPartyId } = person
  await lockCandidates(tx, secrets, [
    ...(studio.duplicateCheck ? [`${caller.tenantId} ${hashes[0]?.toString('hex')}`] : []),
    ...(thirdPartyId && sight ? [`${caller.tenantId} ${sight.integrationId} ${thirdPartyId}`] : []),
  ])
  const holder = thirdPartyId && sight ? await findThirdPartyHolder(tx, sight, thirdPartyId) : undefined
  if (holder) {
    throw conflict('errormessage.customer.thirdPartyIdInUse', {
      args: holder.isVisible ? [{ type: 'INTEGER', value: holder.customerId }] : [],
      reference: 'thirdPartyId',
    })
  }
  const duplicate = studio.duplicateCheck ? await findDuplicate(tx, studio.id, hashes) : undefined
  if (duplicate === undefined) return
  throw conflict('errormessage.customer.duplicate', { args: [{ type: 'INTEGER', value: duplicate }] })
}

async function refuseAssignments(
  { tx }: UnitOfWork,
  studioId: number,
  assignments: NonNullable<MembershipSignupCustomer['additionalInformationFieldAssignments']>,
) {
  const refusal = judgeAssignments(assignments, await listAssignableFields(tx, studioId))
  if (refusal) throw refuseAssignment(refusal, 'additionalInformationFieldAssignments')
}

function announceCreation(
  work: UnitOfWork,
  {
    customerId,
    studioId,
    person,
    secrets,
  }: { readonly customerId: number; readonly studioId: number; readonly person: Person; readonly secrets: Secrets },
) {
  const diff = diffValues<Person>({}, person, (field, value) => hashed(secrets, field, value))
  work.audit({ action: 'customer.created', entityKind: 'customer', entityId: customerId, studioId, diff })
  work.emit(customerCreated({ entityId: customerId, customerId, audienceStudioIds: [studioId] }))
}

/** Another unit that creates a person with one of these names waits until this unit ends. */
export async function lockCandidates(tx: Tx, secrets: Secrets, names: readonly string[]) {
  const keys = names.map((name) => secrets.hash('blind-index', `lock\n${name}`).readBigInt64BE(0))
  for (const key of keys.sort((a, b) => (a < b ? -1 : 1))) await lockCandidate(tx, key)
}
