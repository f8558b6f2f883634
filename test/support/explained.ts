import assert from 'node:assert/strict'
import { type Identification, identifyCustomer } from '../../src/customers/index.ts'
import { gatheredStatements, runAtOnce } from './at-once.ts'
import { boundOperations, makeParts, send, listWays } from './calls/calls.ts'
import { type LargeApp, openLargeApp } from './scenes/large-world.ts'
import { isNarrowed, type Scan, findScans } from './plans.ts'
import { type SentStatement, watchStatements } from './statements.ts'

/** Tables that grow with members and years: none may be read as a whole to answer one request. */
const growing = new Set([
  'customers',
  'bookings',
  'class_slots',
  'contracts',
  'contract_phases',
  'entitlements',
  'entitlement_usages',
  'idle_periods',
  'access_mediums',
  'resource_allocations',
  'outbox_events',
  'webhook_deliveries',
  'webhook_attempts',
  'check_ins',
  'audit_log',
  'calendar_feeds',
  'customer_views',
  'customer_standings',
  'device_access_log',
])
/** Rows read and dropped on the way to what was wanted. More is a scan, whatever it is called. */
const MOST_WASTED = 2000
/** A job may go through the slots that are yet to come. */
const MOST_WASTED_BY_JOBS = 10_000

const SCHEDULER = 'scheduler'

export interface ExplainFigures {
  readonly operations: number
  readonly statements: number
  readonly looks: number
}

/** Runs every operation on a tenant with `customers` members and checks the plan of every statement it sent. */
export async function explainEverything(customers: number): Promise<ExplainFigures> {
  const sent = new Map<string, { readonly by: string; readonly statement: SentStatement }>()
  let by = 'start'
  watchStatements().onResult = (statement) => {
    if (/^\s*(select|with|insert|update|delete)\b/i.test(statement.text)) sent.set(statement.text, { by, statement })
  }
  await using large = await openLargeApp(customers)
  const operations = boundOperations(large.app)
  await runEverything(large, (name) => void (by = name))
  await runAtOnce(large, (name) => void (by = name))
  refuseUnsent(gatheredStatements, [...sent.values()])
  const partial = await partialIndexes(large)
  const faults: string[] = []
  let looks = 0
  for (const { by: operation, statement } of sent.values()) {
    const found = await findScans(large.client, statement)
    looks += found.filter(({ table }) => growing.has(table)).length
    const most = operation === SCHEDULER ? MOST_WASTED_BY_JOBS : MOST_WASTED
    for (const scan of found.filter((each) => isScan(each, partial, most)))
      faults.push(`${operation}: ${JSON.stringify(scan)}\n  ${statement.text}`)
  }
  assert.deepEqual(faults, [])
  return { operations: operations.length, statements: sent.size, looks }
}

/** What was not sent was not judged. */
function refuseUnsent(names: readonly string[], sent: readonly { readonly statement: SentStatement }[]) {
  const known = new Set(sent.map(({ statement }) => statement.name))
  assert.deepEqual(
    names.filter((name) => !known.has(name)),
    [],
  )
}

function isScan(scan: Scan, partial: ReadonlySet<string>, most: number): boolean {
  if (!growing.has(scan.table)) return false
  if (scan.node === 'Seq Scan' || scan.wasted > most) return true
  // An index of the few rows that wait for something may be read as a whole, and any index for its first or last row.
  const isSmall = partial.has(scan.index ?? '') && scan.rows <= most
  const isEnd = scan.rows === 1 && scan.wasted === 0
  return !isNarrowed(scan) && !isSmall && !isEnd
}

/** Indexes on part of a table; those of everybody who has not been erased are no part. */
async function partialIndexes({ client }: LargeApp): Promise<ReadonlySet<string>> {
  const { rows } = await client.query<{ name: string }>(
    `select indexrelid::regclass::text as name from pg_index
     where indpred is not null and pg_get_expr(indpred, indrelid) !~ '^\\(erased_at IS NULL\\)$'`,
  )
  return new Set(rows.map(({ name }) => name))
}

async function runEverything({ app, named }: LargeApp, by: (name: string) => void) {
  let known = named
  const calendars: string[] = []
  for (const operation of boundOperations(app)) {
    by(operation.operationId)
    for (const parts of listWays(operation, known)) {
      const answer = await send(app, operation, parts)
      assert.ok(answer.status < 500, `${operation.operationId}: ${answer.text}`)
      if (operation.operationId === 'bookClassSlot') known = { ...known, classBookingId: answer.body.bookingId }
      if (operation.operationId === 'bookAppointmentBooking')
        known = { ...known, appointmentBookingId: answer.body.bookingId }
      if (operation.operationId === 'bookAppointmentForTrialOffer')
        known = { ...known, trialBookingId: answer.body.bookingId }
      if (answer.body?.url?.endsWith('.ics')) calendars.push(new URL(answer.body.url).pathname)
      if (operation.operationId === 'holdClassSlot') known = { ...known, holdId: answer.body.holdId }
    }
  }
  const [list] = boundOperations(app).filter(({ operationId }) => operationId === 'getCustomers')
  if (list)
    await send(app, list, {
      ...makeParts(list, known),
      query: { offset: known.customerId, customerStatus: 'PROSPECT' },
    })
  by('calendarFeed')
  assert.equal(calendars.length, 3)
  for (const path of calendars) assert.equal((await app.get(path)).status, 200)
  by(SCHEDULER)
  await app.app.scheduler.runDue(app.berlin.tenantId)
  for (const worker of app.app.workers) await worker.runUntilQuiet?.(app.berlin.tenantId)
  by('identifyCustomer')
  for (const given of identifications(named)) await identify(app, given)
}

/** One of every kind of thing that a reader can see. */
function identifications({ cardNumber, customerUuid, customerId }: LargeApp['named']): readonly Identification[] {
  return [
    { type: 'NUMBER', value: cardNumber },
    { type: 'PIN', value: '1234' },
    { type: 'BARCODE', value: 'none' },
    { type: 'WALLET_PASS', value: 'none' },
    { type: 'QR_CODE', value: JSON.stringify({ uuid: customerUuid, customer_number: '1-1', tenant: 'demo' }) },
    { type: 'QR_CODE', value: '000000000007' },
    { type: 'QR_CODE', value: `123456789${String(customerId).padStart(10, '0')}` },
  ]
}

function identify(app: LargeApp['app'], given: Identification) {
  const { tenantId, studioId } = app.berlin
  const { secrets } = app.platform
  return app.read(({ db, now }) => identifyCustomer(db, given, { tenantId, studioId, now, secrets, deviceId: 1 }))
}
