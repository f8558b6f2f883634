import assert from 'node:assert/strict'
import { DEVICE_TOKEN, ids } from '../../bench/world.ts'
import type { TestAnswer } from './app.ts'
import type { LargeApp } from './scenes/large-world.ts'

/** So many requests of each kind: enough to meet each other on their way. */
const EACH = 8
const several = <T>(make: (n: number) => T) => Array.from({ length: EACH }, (_, n) => make(n))

/** What is sent for several requests together, by name. */
export const gatheredStatements = [
  'customers_list_by_ids',
  'devices_find_doors_card_number',
  'devices_find_doors_pin',
  'devices_find_doors_barcode',
  'devices_find_doors_wallet_pass',
  'devices_find_doors_person',
  'classes_lock_slots',
  'classes_lock_customers',
  'classes_find_slot_contexts',
  'classes_find_customers_of_slots',
  'idempotency_try_locks',
  'idempotency_find_records',
] as const

/** Sends requests that come at once, so that they share statements. */
export async function runAtOnce(large: LargeApp, by: (name: string) => void) {
  by('customers at once')
  await together(several((n) => large.app.get(`/v1/customers/${ids.firstCustomer + n}`)))
  by('readings at once')
  await together(media(large).flatMap((shown) => several(() => read(large, shown))))
  by('bookings of one slot at once')
  await together(several((n) => book(large, { customer: 100 + n, slotId: ids.hotSlot + 1 })))
  by('bookings of several slots at once')
  await together(several((n) => book(large, { customer: 200 + n, slotId: ids.firstBookingSlot + n })))
}

async function together(requests: readonly Promise<TestAnswer>[]) {
  for (const { status, text } of await Promise.all(requests)) assert.ok(status < 500, text)
}

const media = ({ named }: LargeApp) => [
  { type: 'NUMBER', value: named.cardNumber },
  { type: 'PIN', value: '1234' },
  { type: 'BARCODE', value: 'none' },
  { type: 'WALLET_PASS', value: 'none' },
  { type: 'QR_CODE', value: JSON.stringify({ uuid: named.customerUuid, customer_number: '1-1', tenant: 'demo' }) },
]

function read({ app }: LargeApp, identification: object) {
  const headers = { authorization: `Bearer ${DEVICE_TOKEN}` }
  const body = { identification, shouldExecuteAction: false }
  return app.call('POST', '/open-api/device/cardreader/identification', { headers, body })
}

function book({ app }: LargeApp, { customer, slotId }: { readonly customer: number; readonly slotId: number }) {
  const headers = { 'idempotency-key': `at-once-${customer}-${slotId}` }
  const body = { customerId: ids.firstCustomer + customer, classSlotId: slotId }
  return app.post('/v1/classes/booking/book', body, { headers })
}
