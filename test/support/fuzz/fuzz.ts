import { membershipSwitch } from '../../../src/demo/house/switches.ts'
import { edgarsContract, edgarsPause } from '../../../src/demo/contracts/story-contracts.ts'
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { adminInfo, adminOperations, deviceOperations, publicOperations } from '../../../src/api.ts'
import { inboundKey } from '../../../src/demo/house/keys.ts'
import { describeDevices, describePublic } from '../../../src/documents.ts'
import { openapiDocument } from '../../../src/platform/api/openapi.ts'
import { hasText } from '../../../src/platform/errors/localisation.ts'
import type { Operation } from '../../../src/platform/api/operation.ts'
import { type DemoApp, openDemoApp } from '../demo-app.ts'
import { TEST_NOW, type TestApp } from '../app.ts'
import { makePath } from '../calls/calls.ts'
import { type ArrangedCalls, arrangeCalls } from './arranged-calls.ts'
import { type ExampleCall, listExampleCalls } from '../example-calls.ts'
import { exampleContent, issueTokens } from '../example-run.ts'
import { type GeneratedRequest, requestsTo } from './fuzz-requests.ts'

const SEED = 20_260_615
/** A clock that moves runs the jobs of the days on its way. */
const MOST_MOVES = 40
const ENOUGH_TO_GET_THROUGH = 10_000

/** Customers who move away would be missing for everything that comes after. */
const leaversLast = publicOperations.toSorted(
  (a, b) => Number(a.operationId === 'switchStudio') - Number(b.operationId === 'switchStudio'),
)

/**
 * Sends generated requests to every operation: no 5xx, every answer as declared, every refusal catalogued. Another seed
 * makes other requests.
 */
export async function fuzzEverything(requests: number, seed = SEED) {
  await using app = await openDemoApp({ PALESTRA_RATELIMIT_DEFAULT: '1000000' })
  const answered = new Map<string, readonly number[]>()
  const tokens = await issueTokens(app)
  const idsFor = await arrangeIds(app)
  await app.app.scheduler.runDue(app.berlin.tenantId)
  const arranged = await arrangeCalls(app)
  const examples = new Map(exampleCalls().map((call) => [call.operationId, arrange(call, arranged)]))
  const operations = [...deviceOperations, ...leaversLast, ...adminOperations]
  const each = Math.ceil(requests / operations.length)
  // Before anything that takes away what they name; some succeed only after others, and are sent again below. The clock
  // moves when all else is done.
  for (const operation of [...deviceOperations, ...leaversLast]) {
    const example = examples.get(operation.operationId)
    const sent = example ? [asRequest(operation, example)] : []
    answered.set(operation.operationId, await sendAll(app, sent, listCallers(operation, tokens)))
  }
  for (const operation of operations) {
    const example = examples.get(operation.operationId)
    const known = { ids: idsFor(operation), example: example?.parts }
    const numRuns = countRuns(operation, each)
    const made = fc.sample(requestsTo(operation, known), { numRuns, seed })
    const sent = example ? [asRequest(operation, example), ...made] : made
    const before = answered.get(operation.operationId) ?? []
    answered.set(operation.operationId, [...before, ...(await sendAll(app, sent, listCallers(operation, tokens)))])
  }
  const statuses = Map.groupBy([...answered.values()].flat(), (status) => status)
  console.log(
    `fuzz, seed ${seed}: ${[...statuses]
      .sort(([a], [b]) => a - b)
      .map(([status, answers]) => `${status}: ${answers.length}`)
      .join(', ')}`,
  )
  const neverDone = [...answered].filter(([, seen]) => !seen.some(isDone)).map(([name]) => name)
  // A booking of an appointment is hard to hit by chance.
  if (requests >= ENOUGH_TO_GET_THROUGH)
    assert.deepEqual(neverDone, [], 'a fuzzer that never gets through proves nothing')
}

function countRuns(operation: Operation, usual: number): number {
  if (adminOperations.includes(operation)) return Math.min(usual, MOST_MOVES)
  // A free time is hard to hit, and harder without a hold that is not there.
  return operation.operationId === 'bookAppointmentForTrialOffer' ? 4 * usual : usual
}

type Caller = Readonly<Record<string, string>>

/** The statuses that the requests are answered with; the callers take turns. */
async function sendAll(app: TestApp, requests: readonly GeneratedRequest[], callers: readonly Caller[]) {
  const statuses: number[] = []
  for (const [n, request] of requests.entries()) {
    const as = callers[n % callers.length]
    statuses.push(await send(app, { ...request, headers: { ...request.headers, ...as } }))
  }
  return statuses
}

const isDone = (status: number) => status >= 200 && status < 300

const exampleCalls = () => [
  ...listExampleCalls(
    openapiDocument(publicOperations, describePublic(Temporal.PlainDate.from(TEST_NOW.slice(0, 10)))),
  ),
  ...listExampleCalls(openapiDocument(deviceOperations, describeDevices)),
  ...listExampleCalls(openapiDocument(adminOperations, adminInfo)),
]

const arrange = (call: ExampleCall, arranged: ArrangedCalls): ExampleCall => ({
  ...call,
  parts: { ...call.parts, ...arranged[call.operationId] },
})

function asRequest(operation: Operation, example: ExampleCall): GeneratedRequest {
  const { headers = {}, payload } = exampleContent(example)
  return { operation, path: makePath(operation, example.parts), headers, payload }
}

/** Who calls an operation, in turn. */
function listCallers({ scopes, tag }: Operation, tokens: Readonly<Record<string, string>>): readonly Caller[] {
  const token = tokens[scopes[0] ?? '']
  if (token !== undefined) return [{ authorization: `Bearer ${token}` }]
  if (scopes.some((scope) => scope.startsWith('DEBT_COLLECTION')))
    return [{ 'x-api-key': inboundKey('demoBerlinAgency') }]
  // A key without the scope moves no clock, whatever it sends.
  return tag === 'Clock' ? [{}, { 'x-api-key': inboundKey('demoBerlinRead') }] : [{}]
}

/** What belongs to one person is hardly ever hit by chance: such calls name a person who has it. */
async function arrangeIds(app: DemoApp) {
  const of = '/v1/customers/1001'
  await app.put(`${of}/access-restrictions`, { reason: 'Fees' })
  const addPass = (value: string) => app.post(`${of}/access-mediums`, { type: 'WALLET_PASS', value })
  const [goes, stays] = [await addPass('goes'), await addPass('stays')]
  const channel = { communicationDirection: 'INCOMING', communicationChannel: 'EMAIL' }
  const question = { communicationThreadStatus: 'ONGOING', subject: 'Sauna', content: 'Is it open?', ...channel }
  const thread = await app.post('/v1/communications/1001/threads', question)
  const wishes = await app.get('/ext/v1/customers/1011/amendments')
  const [classSlotId] = app.trialIds['classSlotId'] ?? []
  const hold = await app.post('/ext/v1/holds/classes', { classSlotId })
  const feed = await app.post('/ext/v1/classes/1001/calendar-feeds')
  return ({ operationId, path, tag }: Operation): DemoApp['knownIds'] => {
    if (tag === 'Trial Offers') return app.trialIds
    if (path.startsWith('/ext/v1/holds/')) return { ...app.trialIds, holdId: [hold.body.holdId] }
    if (path.includes('/membership-switch/')) return { ...app.knownIds, configId: Object.values(membershipSwitch) }
    if (path.includes('/idle-periods'))
      return { ...app.knownIds, contractId: [edgarsContract], idlePeriodId: [edgarsPause] }
    if (path.includes('{calendarFeedId}')) return { ...app.knownIds, calendarFeedId: [feed.body.id] }
    if (path.includes('{amendmentId}')) {
      return { ...app.knownIds, customerId: [1011], amendmentId: [wishes.body.result[0].id] }
    }
    const isOwned = operationId === 'deleteAccessRestriction' || /\{(?:accessMedium|thread)Id\}/.test(path)
    if (!isOwned) return app.knownIds
    const { id } = (operationId === 'deleteAccessMediums' ? goes : stays).body
    return { ...app.knownIds, customerId: [1001], threadId: [thread.body.threadId], accessMediumId: [id] }
  }
}

async function send(app: TestApp, { operation, path, headers, payload }: GeneratedRequest): Promise<number> {
  const shown = `${operation.method} ${path} ${JSON.stringify(headers)} ${payload?.toString().slice(0, 2000) ?? ''}`
  const answer = await app.sendRaw(operation.method, path, { headers, payload }).catch((error: unknown) => {
    throw new Error(`${String(error)}\n${shown}`)
  })
  assert.ok(answer.status < 500, `${answer.status} ${answer.text}\n${shown}`)
  if (answer.status >= 400) assert.ok(hasText(answer.body?.errorCode), `${answer.text}\n${shown}`)
  return answer.status
}
