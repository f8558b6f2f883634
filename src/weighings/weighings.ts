import { reverseBenefitUse, useBenefitWithin } from '../benefits/index.ts'
import { notFound, refuseFields, violation } from '../platform/errors/errors.ts'
import type { Secrets } from '../platform/secrets.ts'
import type { PartnerView, PartnerWork, UnitOfWork } from '../platform/units/work.ts'
import { dateIn, parseDate } from '../platform/time/zoned-time.ts'
import {
  customerUpdated,
  type CustomerRow,
  getCustomerBy,
  localSight,
  lockCustomers,
  lockOwnCustomer,
  type LookupQuery,
  type ReadDeps,
  announceToHomeStudio,
} from '../customers/index.ts'
import { isAfter } from '../platform/time/order.ts'
import { ageOn, type BodyField, bodyFields, type BodyValues, judgeBody } from './weighing-rules.ts'
import {
  deleteWeighingRow,
  findHeight,
  findRepeatedWeighing,
  findWeighingOwner,
  insertWeighing,
  updateHeight,
  type WeighingRow,
} from './store.ts'

/** One mebibyte, as bytes of UTF-8. */
const MOST_RAW_BYTES = 1_048_576
/** A scale that sends the same results again within this time has not measured again. */
const REPEAT_MINUTES = 10

/** What a scale needs to know of a person before it measures. */
export interface Measurement {
  readonly customer: CustomerRow
  /** Completed years. */
  readonly age: number | undefined
  /** Centimetres. */
  readonly height: number | undefined
}

/** Whom a card, code or PIN belongs to, for a scale; a customer who was never measured has just no height. */
export async function getMeasurement(
  view: PartnerView,
  query: LookupQuery,
  deps: ReadDeps,
  operation: string,
): Promise<Measurement> {
  const customer = await getCustomerBy(view, query, { operation, sight: localSight(view) }, deps)
  const height = await findHeight(view.db, customer.id)
  const born = customer.dateOfBirth === null ? undefined : parseDate(customer.dateOfBirth)
  return {
    customer,
    age: born && ageOn(born, dateIn(view.now, customer.zone)),
    height: height === undefined ? undefined : Number(height),
  }
}

/** What a scale has found out, as the API takes and answers it. */
export interface ScaleResults {
  readonly values: BodyValues
  readonly rawResults: string
}

/**
 * Stores what a scale of the calling integration has measured, and uses a benefit for it where one is named: both or
 * nothing. The same raw results again within ten minutes are the same weighing.
 */
export async function addWeighing(
  work: PartnerWork,
  customerId: number,
  { values, rawResults, benefitKey }: ScaleResults & { readonly benefitKey: string | undefined },
  secrets: Secrets,
): Promise<WeighingRow> {
  await lockOwnCustomer(work, customerId)
  refuseResults({ values, rawResults })
  const { tx, now, caller } = work
  const integrationId = caller.integration.id
  const rawHashes = secrets.hashes('blind-index', `WEIGHING\n${rawResults}`)
  const since = now.subtract({ minutes: REPEAT_MINUTES })
  const repeated = await findRepeatedWeighing(tx, { customerId, integrationId, rawHashes }, since)
  if (repeated) return repeated
  const benefitUsageId = await useBenefit(work, customerId, benefitKey)
  const row = await insertWeighing(
    tx,
    {
      customerId,
      measuredAt: now,
      integrationId,
      studioId: caller.studio.id,
      ...toTexts(values),
      benefitUsageId,
      rawResultsEnc: secrets.seal('field', rawResults),
      rawHash: rawHashes[0] as Buffer,
    },
    now,
  )
  recordChange(work, row, 'created')
  return row
}

/** Staff enter what they have read off a scale. */
export async function enterWeighing(
  work: UnitOfWork,
  weighing: { readonly customerId: number; readonly studioId: number; readonly measuredAt?: Temporal.Instant },
  values: BodyValues,
): Promise<WeighingRow> {
  const { customerId, studioId, measuredAt = work.now } = weighing
  const [locked] = await lockCustomers(work.tx, [customerId])
  if (locked === undefined) throw notFound('customer', customerId)
  if (isAfter(measuredAt, work.now)) {
    throw refuseFields([violation('measuredAt', 'mustNotBeFuture')])
  }
  refuseValues(values)
  const row = await insertWeighing(work.tx, { customerId, measuredAt, studioId, ...toTexts(values) }, work.now)
  recordChange(work, row, 'created')
  return row
}

/** Staff take a weighing away; the benefit that was used for it is given back. */
export async function removeWeighing(work: UnitOfWork, weighingId: number) {
  const customerId = await findWeighingOwner(work.tx, weighingId)
  if (customerId === undefined) throw notFound('weighing', weighingId)
  await lockCustomers(work.tx, [customerId])
  const removed = await deleteWeighingRow(work.tx, weighingId)
  if (!removed) throw notFound('weighing', weighingId)
  if (removed.benefitUsageId !== null) await reverseBenefitUse(work, removed.benefitUsageId)
  recordChange(work, { id: weighingId }, 'deleted')
}

/** Staff enter how tall a customer is, in whole centimetres; null takes it away. */
export async function setHeight(work: UnitOfWork, customerId: number, heightCm: number | null) {
  const [locked] = await lockCustomers(work.tx, [customerId])
  if (locked === undefined) throw notFound('customer', customerId)
  if (heightCm !== null) refuseValues({ height: heightCm })
  const before = await updateHeight(work.tx, customerId, heightCm, work.now)
  if (before?.heightCm === heightCm) return
  work.audit({ action: 'customer.heightChanged', entityKind: 'customer', entityId: customerId })
  await announceToHomeStudio(work, customerUpdated, customerId)
}

async function useBenefit(work: PartnerWork, customerId: number, benefitKey: string | undefined) {
  if (benefitKey === undefined) return null
  return useBenefitWithin(work, { customerId, benefitKey, source: 'WEIGHING' })
}

function refuseResults({ values, rawResults }: ScaleResults) {
  if (Buffer.byteLength(rawResults) > MOST_RAW_BYTES) {
    throw refuseFields([violation('rawResults', 'maxLength', { type: 'INTEGER', value: MOST_RAW_BYTES })])
  }
  refuseValues(values)
}

function refuseValues(values: BodyValues) {
  const [first, ...more] = judgeBody(values)
  if (first) throw refuseFields([first, ...more])
}

/** The shortest decimal text of each number; the database rounds it to the four decimals that are kept. */
function toTexts(values: BodyValues) {
  return Object.fromEntries(
    bodyFields.flatMap((field) => (values[field] === undefined ? [] : [[field, String(values[field])]])),
  ) as { readonly [F in BodyField]?: string }
}

function recordChange(work: UnitOfWork, { id }: { readonly id: number }, change: 'created' | 'deleted') {
  work.audit({ action: `weighing.${change}`, entityKind: 'weighing', entityId: id })
}
