import { test } from 'node:test'
import assert from 'node:assert/strict'
import { publicOperations } from './api.ts'
import { catalogueEventTypes, optInEventTypes } from './platform/units/events.ts'
import type { Operation } from './platform/api/operation.ts'

/** What members do at the door and at the counter of a class; everything else can wait. */
const critical = [
  ...['bookClassSlot', 'bookClassSlotForTrialOffers', 'bookAppointmentBooking', 'bookAppointmentForTrialOffer'],
  ...['cancelClassSlotById', 'deleteAppointmentBooking', 'confirmTrialOfferBooking', 'useBenefit'],
  ...['redeemCheckinVoucher', 'getCustomerBy', 'getCustomerAccessCode', 'confirmActivation'],
]

function findShed(operation: Operation): string {
  if (critical.includes(operation.operationId)) return 'CRITICAL'
  const isSliced = 'sliceSize' in operation.query.properties
  return isSliced || /^search|Export$/.test(operation.operationId) ? 'BULK' : 'NORMAL'
}

test('under load lists, searches and exports go first, and what members wait for goes last', () => {
  for (const operation of publicOperations) {
    assert.equal(operation.shed, findShed(operation), operation.operationId)
  }
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

test('partners can be told of 44 kinds of event, and of ours only by name', () => {
  assert.equal(new Set(catalogueEventTypes).size, 44)
  assert.equal(catalogueEventTypes.length, 44)
  assert.equal(new Set([...catalogueEventTypes, ...optInEventTypes]).size, 44 + 7)
})
