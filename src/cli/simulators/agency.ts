import { amountNumber } from '../../platform/values/money.ts'
import { compareBooks, goOn, type KeptCase, openBooks, reportCase } from './agency-books.ts'
import { AgencyClient } from './agency-client.ts'
import { SeededRandom } from './seeded-random.ts'

export interface AgencyRun {
  readonly url: string
  readonly key: string
  readonly seed: number
  /** How often each case may go on. */
  readonly rounds: number
}

export interface AgencyOutcome {
  readonly seed: number
  readonly runs: number
  readonly confirmed: number
  readonly cases: number
  readonly reports: number
  readonly closed: number
  readonly rejected: number
  /** In total, of all reports. */
  readonly paid: number
  /** Where the two sides differ, in sentences. */
  readonly differences: readonly string[]
}

/**
 * Plays a debt collection agency over HTTP: takes every handover that waits, reports what was paid, canceled and taken
 * back, closes and rejects cases, and in the end compares its figures with those of the studio. The same seed does the
 * same to the same debts.
 */
export async function simulateAgency({ url, key, seed, rounds }: AgencyRun): Promise<AgencyOutcome> {
  const client = new AgencyClient(url, key)
  const random = new SeededRandom(seed)
  await client.readConfiguration()
  const { runIds, confirmed, lastDay } = await takeRuns(client)
  const debtorIds = new Set<string>()
  for (const runId of runIds) for (const { debtorId } of await client.listDebtors(runId)) debtorIds.add(debtorId)
  const ids = [...debtorIds]
  const books = nameFiles(openBooks(await client.listCases(ids)))
  let reports = 0
  for (let round = 0; round < rounds; round += 1)
    reports += await playRound(client, books, { random, lastDay, round, seed })
  const differences = compareBooks(books, await client.listCases(ids))
  return { seed, runs: runIds.length, confirmed, reports, ...sumUp(books), differences }
}

/** Takes what waits, twice, as a second confirmation must change nothing. */
async function takeRuns(client: AgencyClient) {
  const runIds: number[] = []
  let confirmed = 0
  let lastDay = ''
  for (const runId of await client.listRuns()) {
    const { status, collectionDate = '' } = await client.findRun(runId)
    if (collectionDate > lastDay) lastDay = collectionDate
    if (status === 'WAITING_FOR_CONFIRMATION') {
      await client.confirm(runId)
      await client.confirm(runId)
      confirmed += 1
    }
    if (status === 'WAITING_FOR_CONFIRMATION' || status === 'COMPLETED') runIds.push(runId)
  }
  return { runIds, confirmed, lastDay }
}

/** Cases that the agency has not named yet go by the id of the studio, and get a file of their own. */
const nameFiles = (books: readonly KeptCase[]): KeptCase[] =>
  books.map((kept) => (kept.caseIds.includes(kept.agencyId) ? { ...kept, agencyId: `SIM-${kept.agencyId}` } : kept))

interface Round {
  readonly random: SeededRandom
  /** The day of the last handover, on which cases end: the clock of the studio may show any day from then on. */
  readonly lastDay: string
  readonly round: number
  readonly seed: number
}

/** A report of up to five cases at a time, of which some go on; every third report is sent twice. */
async function playRound(client: AgencyClient, books: readonly KeptCase[], { random, lastDay, round, seed }: Round) {
  let sent = 0
  for (let from = 0; from < books.length; from += 5) {
    const some = books.slice(from, from + 5)
    for (const kept of some) if (random.next() < 0.8) goOn(kept, random, lastDay)
    const debtors = some.map(reportCase)
    const requestId = `sim-${seed}-${round}-${from}-${some[0]?.caseIds[0]?.slice(0, 8)}-${random.whole(0, 999_999)}`
    await client.report({ requestId, debtors })
    if (random.next() < 0.33) await client.report({ requestId, debtors })
    sent += 1
  }
  return sent
}

function sumUp(books: readonly KeptCase[]) {
  const paid = books.flatMap(({ debts }) => debts.map(({ paid: minor, currency }) => amountNumber({ minor, currency })))
  return {
    cases: books.length,
    closed: books.filter(({ closure }) => closure !== undefined).length,
    rejected: books.filter(({ closure }) => closure?.type === 'REJECTION').length,
    paid: Math.round(paid.reduce((sum, amount) => sum + amount, 0) * 100) / 100,
  }
}
