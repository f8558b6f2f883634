import { membershipSwitch } from '../../../src/demo/house/switches.ts'
import { edgarsContract, edgarsPause } from '../../../src/demo/contracts/story-contracts.ts'
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { deviceOperations, publicOperations } from '../../../src/api.ts'
import { demoToken, shakeBar, turnstile } from '../../../src/demo/access/devices.ts'
import { inboundKey } from '../../../src/demo/house/keys.ts'
import { hasText } from '../../../src/platform/errors/localisation.ts'
import type { Operation } from '../../../src/platform/api/operation.ts'
import { type DemoApp, openDemoApp } from '../demo-app.ts'
import type { TestApp } from '../app.ts'
import { type GeneratedRequest, requestsTo } from './fuzz-requests.ts'

const SEED = 20_260_615
const ENOUGH_TO_GET_THROUGH = 10_000

/** Customers who move away would be missing for everything that comes after. */
const leaversLast = publicOperations.toSorted(
  (a, b) => Number(a.operationId === 'switchStudio') - Number(b.operationId === 'switchStudio'),
)

/** Sends generated requests to every operation: no 5xx, every answer as declared, every refusal catalogued. */
export async function fuzzEverything(requests: number) {
  await using app = await openDemoApp({ PALESTRA_RATELIMIT_DEFAULT: '1000000' })
  const statuses = new Map<number, number>()
  const answered = new Map<string, Set<number>>()
  const tokens = await issueTokens(app)
  const idsFor = await arrangeIds(app)
  const operations = [...deviceOperations, ...leaversLast]
  const each = Math.ceil(requests / operations.length)
  for (const operation of operations) {
    const token = tokens[operation.scopes[0] ?? '']
    const as: Record<string, string> =
      token !== undefined
        ? { authorization: `Bearer ${token}` }
        : operation.tag === 'Finance'
          ? { 'x-api-key': inboundKey('demoBerlinAgency') }
          : {}
    const seen = new Set<number>()
    const ids = idsFor(operation)
    // A free time is hard to hit, and harder without a hold that is not there.
    const numRuns = operation.operationId === 'bookAppointmentForTrialOffer' ? 4 * each : each
    for (const request of fc.sample(requestsTo(operation, ids), { numRuns, seed: SEED })) {
      const status = await send(app, { ...request, headers: { ...request.headers, ...as } })
      seen.add(status)
      statuses.set(status, (statuses.get(status) ?? 0) + 1)
    }
    answered.set(operation.operationId, seen)
  }
  console.log(
    `fuzz: ${[...statuses]
      .sort(([a], [b]) => a - b)
      .map(([status, count]) => `${status}: ${count}`)
      .join(', ')}`,
  )
  const never200 = [...answered].filter(([, seen]) => !seen.has(200)).map(([name]) => name)
  // A booking of an appointment is hard to hit by chance.
  if (requests >= ENOUGH_TO_GET_THROUGH)
    assert.deepEqual(never200, [], 'a fuzzer that never gets through proves nothing')
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

/** A token for each model of device. */
async function issueTokens(app: TestApp): Promise<Readonly<Record<string, string>>> {
  const { body } = await app.put('/v1/devices/28/activate')
  return {
    GENERIC_CARD_READER: demoToken(turnstile),
    GENERIC_VENDING_READER: demoToken(shakeBar),
    GENERIC_TIME_READER: body.accessToken,
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
