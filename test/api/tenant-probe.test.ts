import { after, before, test } from 'node:test'
import assert from 'node:assert/strict'
import type { Operation } from '../../src/platform/api/operation.ts'
import { openTestApp, type TestAnswer, type TestApp } from '../support/app.ts'
import {
  boundOperations,
  type Named,
  type Parts,
  makeParts,
  send,
  listWays,
  withBookings,
} from '../support/calls/calls.ts'
import { insertFullStudio } from '../support/full/full-studio.ts'
import { asSuperuser, rowHashes } from '../support/row-hashes.ts'
import { openSecondApp } from '../support/second-app.ts'
import { type SentStatement, watchStatements, withoutFilters } from '../support/statements.ts'

const FOREIGN_ID = 977_000_000
/** Whatever stands in a row of the stranger: its mark, or an id of the range that its rows were given. */
const foreignValue = /qx223x|\b97[78]\d{6}\b/i
/** Nothing speaks against an appointment at this time but who is asked for. */
const FREE_TIME = '2026-06-19T08:00:00Z'
const sisterValue = /qx124x/i

const watch = watchStatements()
let app: TestApp
let own: Named
let sister: Named
let foreign: Named

before(async () => {
  app = await openTestApp({ environment: { PALESTRA_RATELIMIT_DEFAULT: '1000000' } })
  const fill = async (studio: TestApp['berlin'], firstId: number) =>
    withBookings(app, await insertFullStudio(app.platform, studio, { firstId }), studio)
  own = await fill(app.berlin, 3_000_000)
  sister = await fill(app.hamburg, 6_000_000)
  foreign = await fill(app.stranger, FOREIGN_ID)
})
after(() => app.close())

/** A call in which one value, or every one, is another tenant's. */
interface Probe {
  readonly operation: Operation
  readonly swapped: string
  readonly parts: Parts
}

/** Texts that say nothing about where they come from, and times that are nobody's. */
const harmless = new Set(['mark', 'newcomer', 'appointmentStart'])

function probesFor(theirs: Named): Probe[] {
  const names = Object.keys(own).filter((name) => !harmless.has(name)) as (keyof Named)[]
  return boundOperations(app).flatMap((operation) => {
    const ours = { ...own, appointmentStart: FREE_TIME }
    const ways = listWays(operation, ours)
    const probe = (swapped: string, named: Named) =>
      listWays(operation, named)
        .map((parts) => ({ operation, swapped, parts }))
        .filter(({ parts }, way) => JSON.stringify(parts) !== JSON.stringify(ways[way]))
    const single = names.flatMap((name) => probe(name, { ...ours, [name]: theirs[name] }))
    return [...single, ...probe('everything', { ...theirs, newcomer: own.newcomer, appointmentStart: FREE_TIME })]
  })
}

/**
 * What a key may say of things that it does not see: that there is no such thing (404), that a reference in the body
 * names nothing (400), or that a search found nobody.
 */
function assertBlind({ operation, swapped }: Probe, { status, body, text }: TestAnswer, theirs: RegExp) {
  const shown = `${operation.operationId} with a foreign ${swapped}: ${status} ${text}`
  // A refusal repeats the value that was asked for.
  const content = status === 200 ? text : JSON.stringify({ ...body, errorMessage: '', args: [], typedArgs: [] })
  assert.doesNotMatch(content, theirs, shown)
  if (status === 200) return assert.ok(foundNothing(body), shown)
  assert.equal(status, namesInBody(operation, swapped) ? 400 : 404, shown)
}

/** A list without entries, or the word that an instructor or a module is not to be had here. */
const foundNothing = (body: any) =>
  body.length === 0 ||
  body.result?.length === 0 ||
  ['RESOURCE_NOT_AVAILABLE', 'ADDITIONAL_MODULE_NOT_FOUND'].includes(body.validationStatus)

/** References that are answered with 400 instead of 404: what a body lists, rather than what the operation is about. */
function namesInBody({ operationId }: Operation, swapped: string): boolean {
  if (operationId === 'bookAppointmentBooking') return swapped === 'employeeId'
  if (operationId === 'postSignupPreview' || operationId === 'signupMembership') return true
  if (swapped === 'paymentToken' || swapped === 'instrumentToken') return true
  if (operationId === 'postMembershipPreview' || operationId === 'addMembership') return swapped === 'offerTermId'
  if (operationId === 'createIdlePeriodAmendment' || operationId === 'updateIdlePeriod')
    return swapped === 'idleReasonId'
  if (operationId === 'createContractCancelationAmendment') return swapped === 'cancelationReasonId'
  if (operationId === 'purchaseAdditionalModuleContract') return swapped !== 'contractId' && swapped !== 'everything'
  if (operationId === 'createModuleContractCancelationAmendment') return swapped === 'cancelationReasonId'
  if (operationId === 'postMembershipSwitchPreview' || operationId === 'switchMembership')
    return swapped === 'offerTermId' || swapped === 'switchedContractId'
  if (operationId === 'postOnlineOfferPurchase') return swapped !== 'customerId'
  if (operationId === 'setAdditionalInformationFieldAssignments') return swapped === 'additionalFieldId'
  return operationId === 'updateStudioTags' || operationId === 'createCustomer'
}

const ask = (on: TestApp, { operation, parts }: Probe) => send(on, operation, parts)

test('what belongs to another tenant is unknown to every operation, and stays untouched', async () => {
  const untouched = await rowHashes(app.url)
  const probes = probesFor(foreign)
  for (const probe of probes) assertBlind(probe, await ask(app, probe), foreignValue)
  assert.deepEqual(await rowHashes(app.url), untouched)
  console.log(`tenant probe: ${probes.length} calls on ${boundOperations(app).length} operations`)
})

test('a list never shows anything of another tenant', async () => {
  for (const operation of boundOperations(app)) {
    if (operation.method !== 'GET') continue
    const answer = await send(app, operation, makeParts(operation, own))
    assert.equal(answer.status, 200, `${operation.operationId}: ${answer.text}`)
    assert.doesNotMatch(answer.text, foreignValue, operation.operationId)
  }
})

test('what belongs to another studio of the tenant is unknown, except across connected studios', async () => {
  const untouched = await rowHashes(app.url)
  for (const probe of probesFor(sister)) {
    if (!reachesSisters(probe)) assertBlind(probe, await ask(app, probe), sisterValue)
  }
  assert.deepEqual(await rowHashes(app.url), untouched)
})

/** Tags belong to the organisation; bookings, passes, payers and the cross-studio reads reach connected studios. */
function reachesSisters({ operation: { operationId }, swapped }: Probe): boolean {
  if (operationId === 'updateStudioTags' || operationId === 'userSession') return true
  if (operationId.includes('CrossStudio')) return true
  return ['customerId', 'prospectId'].includes(swapped) && /book|slot|onlineOffer/i.test(operationId)
}

test('with every filter of the application disabled, row-level security alone keeps another tenant out', async (t) => {
  const untouched = await rowHashes(app.url)
  const seen: { readonly probe: Probe; readonly statement: SentStatement }[] = []
  t.after(() => Object.assign(watch, { rewrite: (text: string) => text, onResult: () => {} }))
  watch.rewrite = withoutFilters
  await using bare = await openSecondApp(app, { environment: { PALESTRA_DATABASE_CONNECTIONS: '2' } })
  // One connection is kept away, so that everything runs on the other, which served the stranger just before.
  const held = await bare.platform.database.pool.acquire('none')
  const probeAfterStranger = async (probe: Probe) => {
    watch.onResult = () => {}
    assert.equal((await bare.get('/v1/studios/tags', { as: bare.stranger })).status, 200)
    const switches = bare.platform.database.pool.tenantSwitches
    watch.onResult = (statement) => void seen.push({ probe, statement })
    assertBlind(probe, await ask(bare, probe), foreignValue)
    return bare.platform.database.pool.tenantSwitches > switches
  }
  for (const probe of probesFor(foreign)) {
    // What the process does once a second, writing down who read whom, may have taken the connection in between.
    const hasChangedHands = (await probeAfterStranger(probe)) || (await probeAfterStranger(probe))
    assert.ok(hasChangedHands, 'the connection has changed hands')
  }
  bare.platform.database.pool.release(held)
  assert.ok(
    seen.some(({ statement }) => statement.text.includes('or true')),
    'filters have been disabled',
  )
  for (const { probe, statement } of seen) {
    assert.doesNotMatch(
      JSON.stringify(statement.rows),
      foreignValue,
      `${probe.operation.operationId}: ${statement.text}`,
    )
  }
  assert.deepEqual(await rowHashes(app.url), untouched)

  const exposed = await probesExposedWithoutSecurity(seen)
  const operations = (probes: Iterable<Probe>) => [
    ...new Set([...probes].map(({ operation }) => operation.operationId)),
  ]
  assert.deepEqual(operations(exposed).sort(), operations(seen.map(({ probe }) => probe)).sort())
  console.log(`control: past row-level security ${exposed.size} of these calls read foreign rows`)
})

/** The control: the very same statements, sent past row-level security, do find the stranger's rows. */
async function probesExposedWithoutSecurity(
  seen: readonly { readonly probe: Probe; readonly statement: SentStatement }[],
): Promise<ReadonlySet<Probe>> {
  const exposed = new Set<Probe>()
  await asSuperuser(app.url, async (client) => {
    for (const { probe, statement } of seen) {
      if (exposed.has(probe) || !/^\s*(select|with)/i.test(statement.text)) continue
      const { rows } = await client.query(statement.text, [...statement.values])
      if (foreignValue.test(JSON.stringify(rows))) exposed.add(probe)
    }
  })
  return exposed
}
