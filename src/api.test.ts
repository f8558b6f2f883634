import { test } from 'node:test'
import assert from 'node:assert/strict'
import buildWriter from 'fast-json-stringify'
import type { TSchema } from 'typebox'
import { adminOperations, deviceOperations, publicOperations } from './api.ts'
import { validate } from './platform/validation/validation.ts'
import { catalogueEventTypes, optInEventTypes } from './platform/units/events.ts'
import type { Operation } from './platform/api/operation.ts'

/** What people stand and wait for. */
const critical = [
  ...['cancelClassSlotById', 'deleteAppointmentBooking', 'confirmTrialOfferBooking', 'useBenefit'],
  ...['redeemCheckinVoucher', 'getCustomerBy', 'getCustomerAccessCode', 'confirmActivation', 'signupMembership'],
]
const bulk = ['getDebtCollectionCases', 'updateDebtCollection', 'getMembershipOffers', 'createExport']

function findShed({ operationId, query }: Operation): string {
  if (critical.includes(operationId) || /^book[A-Z]/.test(operationId)) return 'CRITICAL'
  if ('sliceSize' in query.properties || bulk.includes(operationId)) return 'BULK'
  return /^search|Preview$|Export$/.test(operationId) ? 'BULK' : 'NORMAL'
}

test('bookings and what people wait for are served first, lists, searches, previews and exports last', () => {
  for (const operation of publicOperations) {
    assert.equal(operation.shed, findShed(operation), operation.operationId)
  }
})

test('whatever a device asks is served first: a person stands before it', () => {
  for (const { operationId, shed } of deviceOperations) assert.equal(shed, 'CRITICAL', operationId)
})

/** Every permission that an activation can hold. */
const scopes: ReadonlySet<string> = new Set(
  `CUSTOMER_READ CUSTOMER_WRITE CUSTOMER_CONTRACT_READ CUSTOMER_MEASUREMENT_READ CUSTOMER_WEIGHING_WRITE
  CUSTOMER_DOCUMENT_READ CUSTOMER_DOCUMENT_WRITE CUSTOMER_BENEFIT_READ CUSTOMER_BENEFIT_WRITE
  CUSTOMER_ACCESS_MEDIUM_WRITE CUSTOMER_ACCESS_RESTRICTION_WRITE ADDITIONAL_INFORMATION_READ
  ADDITIONAL_INFORMATION_WRITE CHECKIN_READ CHECKIN_VOUCHER_WRITE CUSTOMER_ACCOUNT_READ PAYMENT_WRITE
  CUSTOMER_SELF_SERVICE_READ CUSTOMER_SELF_SERVICE_WRITE COMMUNICATION_WRITE COMMUNICATION_PREFERENCES_READ
  COMMUNICATION_PREFERENCES_WRITE CLASSES_READ CLASSES_WRITE APPOINTMENTS_READ APPOINTMENTS_WRITE
  BOOKABLE_APPOINTMENTS_READ TRIAL_OFFER_READ TRIAL_OFFER_WRITE MEMBERSHIP_READ MEMBERSHIP_WRITE
  MEMBERSHIP_SELF_SERVICE_READ MEMBERSHIP_SELF_SERVICE_WRITE MEMBERSHIP_SELF_SERVICE_ADDITIONAL_MODULE_READ
  MEMBERSHIP_SELF_SERVICE_ADDITIONAL_MODULE_CONTRACT_READ
  MEMBERSHIP_SELF_SERVICE_ADDITIONAL_MODULE_CONTRACT_WRITE MEMBERSHIP_SELF_SERVICE_IDLE_PERIOD_READ
  MEMBERSHIP_SELF_SERVICE_IDLE_PERIOD_WRITE MEMBERSHIP_SELF_SERVICE_IDLE_PERIOD_CONFIG_READ ONLINE_OFFER_READ
  ONLINE_OFFER_WRITE DEBT_COLLECTION_READ DEBT_COLLECTION_WRITE TAX_ADVISOR_EXPORT_READ TAX_ADVISOR_EXPORT_WRITE
  STUDIO_READ STUDIO_WRITE EMPLOYEE_READ DEVICE_READ DEVICE_WRITE LEAD_READ LEAD_WRITE CHECKIN_WRITE
  AGGREGATOR_MEMBER_WRITE AGGREGATOR_MEMBER_READ CUSTOMER_ACCOUNT_WRITE`.split(/\s+/),
)
/** Any key may call these. */
const unscoped = ['confirmActivation', 'getMe', 'listEvents']

test('every operation asks for a permission that exists, but for the three that any key may call', () => {
  for (const operation of publicOperations) {
    assert.equal(operation.scopes.length === 0, unscoped.includes(operation.operationId), operation.operationId)
    for (const scope of operation.scopes) assert.ok(scopes.has(scope), `${operation.operationId}: ${scope}`)
  }
})

test('partners can receive 45 kinds of event, and ours only by name', () => {
  assert.equal(new Set(catalogueEventTypes).size, 46)
  assert.equal(catalogueEventTypes.length, 46)
  assert.equal(new Set([...catalogueEventTypes, ...optInEventTypes]).size, 46 + 7)
})

test('every kind of answer can be written, though no start compiles it', () => {
  for (const { operationId, response } of [...publicOperations, ...adminOperations, ...deviceOperations]) {
    if (response) assert.doesNotThrow(() => buildWriter(response), operationId)
  }
})

/** Every schema in which a caller may send text or a list, with its path. */
function* listEndless(schema: TSchema | undefined, path: string): Generator<readonly [path: string, schema: TSchema]> {
  const { type, properties = {}, items } = (schema ?? {}) as { type?: string; properties?: object; items?: TSchema }
  if (schema && (type === 'string' || type === 'array' || type === undefined)) yield [path, schema]
  if (items) yield* listEndless(items, `${path}[]`)
  for (const [name, property] of Object.entries(properties)) yield* listEndless(property as TSchema, `${path}.${name}`)
}

test('every text and every list that a caller sends has a greatest length, judged before a text is normalised', (t) => {
  const normalize = t.mock.method(String.prototype, 'normalize')
  const text = '\uFDFA'.repeat(4_500_000)
  let fields = 0
  for (const { operationId, params, query, body } of [...publicOperations, ...adminOperations, ...deviceOperations]) {
    for (const schema of [params, query, body]) {
      for (const [path, field] of listEndless(schema, operationId)) {
        fields += 1
        const value = (field as { type?: string }).type === 'array' ? Array(1001).fill({}) : text
        assert.notEqual(validate(field, value).violations.length, 0, path)
      }
    }
  }
  assert.ok(fields > 200, `${fields} fields`)
  assert.equal(normalize.mock.callCount(), 0)
})
