import { listClaims, listContractClaims } from '../../../src/accounts/index.ts'
import { syncCharges } from '../../../src/contracts/changing/finish-change.ts'
import { loadContracts } from '../../../src/contracts/changing/loading.ts'
import type { SignedContract } from '../../../src/contracts/signed/signed-contract-facts.ts'
import type { UnitOfWork } from '../../../src/platform/units/work.ts'
import { FIRST_DAY } from './life-plans.ts'
import { type Life, findToday } from './life.ts'
import { missingIn } from './living.ts'
import { readCharged, sumMinor } from './shown-and-charged.ts'
import type { LivedStory } from './story.ts'
import { neededTraits } from './traits.ts'

/** Contracts that are loaded together. */
const TOGETHER = 100

export interface Verdict {
  readonly signUps: number
  readonly charges: number
  readonly centsApart: number
  /** Each difference with the life in which it came. */
  readonly faults: readonly string[]
}

const label = ({ plan, customerId, changes }: Life) =>
  `customer ${customerId} ${JSON.stringify(plan)} ${changes.join(', ')}`
const hasChanged = ({ changes }: Life) => changes.some((each) => each.endsWith(' done'))

/**
 * What the preview of a sign-up showed against what two years have charged for the same time, where the member changed
 * nothing: nothing is missing, nothing else was charged.
 */
export async function judgePreviews({ world, lives }: LivedStory): Promise<Verdict> {
  const untouched = lives.filter((life) => !hasChanged(life))
  const faults: string[] = []
  let [charges, centsApart] = [0, 0]
  for (const life of untouched) {
    const { shown } = life
    const until = shown.at(-1)?.slice(0, 10) ?? ''
    const charged = (await readCharged(world.app, life.contractIds[0] ?? 0)).filter(
      (line) => line.slice(0, 10) <= until,
    )
    const [missing, more] = [missingIn(charged, shown), missingIn(shown, charged)]
    charges += shown.length
    if (missing.length + more.length === 0) continue
    centsApart += Math.abs(sumMinor(shown) - sumMinor(charged))
    faults.push(`missing ${missing}, more ${more} of ${label(life)}`)
  }
  return { signUps: untouched.length, charges, centsApart, faults }
}

/** What accounts listed as to come after the last change against what was booked: the same ids, days and amounts. */
export async function judgePromises({ world, lives }: LivedStory): Promise<Verdict> {
  const today = (await findToday(world)).toString()
  const faults: string[] = []
  let [signUps, charges, centsApart] = [0, 0, 0]
  for (const life of lives.filter(({ hasOpenPause }) => !hasOpenPause)) {
    const due = life.upcoming.filter(({ dueDate }) => dueDate < today)
    const rows = await world.app.read(({ db }) =>
      listClaims(
        db,
        due.map(({ id }) => id),
      ),
    )
    const found = new Map(rows.map((row) => [row.id, row]))
    signUps += 1
    charges += due.length
    for (const { id, dueDate, amount } of due) {
      const row = found.get(id)
      const promised = `POSTED ${dueDate} ${Math.round(amount.amount * 100)}`
      const came = row && `${row.state} ${row.dueDate} ${row.amount}`
      if (came === promised) continue
      centsApart += Math.abs(Math.round(amount.amount * 100) - Number(row?.state === 'POSTED' ? row.amount : 0n))
      faults.push(`${promised} came as ${came} of ${label(life)}`)
    }
  }
  return { signUps, charges, centsApart, faults }
}

/** Contracts whose charges differ from what they want from their first day on; they get what they want. */
export async function listDrifted({ world, lives }: LivedStory): Promise<string[]> {
  const today = await findToday(world)
  const faults: string[] = []
  const ids = lives.flatMap((life) => [...life.contractIds, ...life.reversedIds].map((id) => ({ id, life })))
  for (let at = 0; at < ids.length; at += TOGETHER) {
    const lived = new Map(ids.slice(at, at + TOGETHER).map(({ id, life }) => [id, life]))
    await world.app.write(async (work) => {
      for (const contract of await loadContracts(work.tx, [...lived.keys()])) {
        const fault = await findDrift(work, contract, today)
        const life = lived.get(contract.row.id)
        if (fault && life) faults.push(`${fault} of ${label(life)}`)
      }
    })
  }
  return faults
}

async function findDrift(work: UnitOfWork, contract: SignedContract, today: Temporal.PlainDate) {
  const { id } = contract.row
  const before = await listContractClaims(work.tx, id)
  if (!(await syncCharges(work, contract, { today, effectiveFrom: FIRST_DAY }))) return undefined
  const show = (claims: typeof before) =>
    claims.map(({ state, dueDate, amount, component, seq }) => `${state} ${dueDate} ${amount} ${component} ${seq}`)
  const [had, wants] = [show(before), show(await listContractClaims(work.tx, id))]
  return `contract ${id} had ${missingIn(wants, had)}, wants ${missingIn(had, wants)}`
}

const listCame = ({ lives }: LivedStory) => lives.flatMap(({ traits, changes }) => [...traits, ...changes])

/** What has to come in a story and has not. */
export function listMissing(story: LivedStory): string[] {
  const came = new Set(listCame(story))
  return neededTraits.filter((trait) => !came.has(trait))
}

/** How often each thing has come, and how often each change was refused. */
export function countTraits(story: LivedStory): string {
  const counts = Map.groupBy(listCame(story), (each) => each)
  return [...counts]
    .map(([each, all]) => `${String(all.length).padStart(6)} ${each}`)
    .toSorted((a, b) => a.slice(7).localeCompare(b.slice(7)))
    .join('\n')
}
