import { inArray } from 'drizzle-orm'
import { listContractClaims, payDues } from '../../../src/accounts/index.ts'
import { debtClaims } from '../../../src/accounts/tables.ts'
import { syncCharges } from '../../../src/contracts/changing/finish-change.ts'
import { loadContracts } from '../../../src/contracts/changing/loading.ts'
import { type LifePlan, planLives } from './life-plans.ts'
import { type LifeWorld, openLifeWorld } from './life-world.ts'
import { type Life, findToday } from './life.ts'
import { change, missingIn, signUp } from './living.ts'
import { readCharged } from './shown-and-charged.ts'

const FIRST_DAY = Temporal.PlainDate.from('2026-01-30')
const DAYS = 730
/** So often the members pay, so that nobody is reminded. */
const PAY_EVERY = 5

/** Lives that are over, and what has come of what was promised. */
export interface LivedStory {
  readonly world: LifeWorld
  listBrokenPreviews(): Promise<string[]>
  listBrokenPromises(): Promise<string[]>
  listDrifted(): Promise<string[]>
  /** How often each change was made or refused. */
  tally(): string
}

/** Lets members sign and change what they have signed, and two years pass: all of them in one run of the clock. */
export async function liveThrough({
  count,
  seed,
}: {
  readonly count: number
  readonly seed: number
}): Promise<LivedStory> {
  const world = await openLifeWorld(`${FIRST_DAY}T10:00:00+01:00`)
  try {
    return await live(world, { count, seed })
  } catch (error) {
    await world.app.close()
    throw error
  }
}

async function live(world: LifeWorld, { count, seed }: { readonly count: number; readonly seed: number }) {
  const plans = planLives(count, { seed, offers: world.offers.length })
  const lives = new Map<LifePlan, Life>()
  const days = Map.groupBy(plans.flatMap(listDays), ({ day }) => day)
  const wake = [...days.keys(), ...Array.from({ length: DAYS / PAY_EVERY }, (_, n) => (n + 1) * PAY_EVERY)]
  for (const day of [...new Set(wake)].toSorted((a, b) => a - b)) {
    if (day > 0) await travel(world, day)
    for (const step of days.get(day) ?? []) await step.take(world, lives)
    if (day % PAY_EVERY === 0) await payAll(world, [...lives.values()])
  }
  return judgeLives(world, [...lives.values()])
}

interface Step {
  readonly day: number
  take(world: LifeWorld, lives: Map<LifePlan, Life>): Promise<void>
}

function listDays(plan: LifePlan): Step[] {
  const signing = {
    day: plan.signsOn,
    take: async (world: LifeWorld, lives: Map<LifePlan, Life>) => void lives.set(plan, await signUp(world, plan)),
  }
  const changes = plan.changes.toSorted((a, b) => a.after - b.after)
  return [
    signing,
    ...changes.map((each) => ({
      day: plan.signsOn + each.after,
      take: async (world: LifeWorld, lives: Map<LifePlan, Life>) => {
        const life = lives.get(plan)
        if (life) await change(world, life, each)
      },
    })),
  ]
}

const travel = ({ app }: LifeWorld, day: number) => {
  const at = FIRST_DAY.add({ days: day }).toZonedDateTime({ timeZone: 'Europe/Berlin', plainTime: '10:00' })
  return app.travelTo(at.toInstant().toString())
}

async function payAll(world: LifeWorld, lives: readonly Life[]) {
  const today = await findToday(world)
  const payers = lives.map(
    ({ customerId }) => ({ customerId, method: 'CASH', unpaidDays: -1, description: 'Paid' }) as const,
  )
  await world.app.write((work) => payDues(work, { from: today, today, payers }))
}

const label = ({ plan, customerId, changes }: Life) =>
  `customer ${customerId} ${JSON.stringify(plan)} ${changes.join(', ')}`
const hasChanged = ({ changes }: Life) => changes.some((each) => each.endsWith(' done'))

function judgeLives(world: LifeWorld, lives: readonly Life[]): LivedStory {
  const { app } = world
  const judge = async (find: (life: Life) => Promise<readonly string[]>) => {
    const broken: string[] = []
    for (const life of lives) for (const fault of await find(life)) broken.push(`${fault} of ${label(life)}`)
    return broken
  }
  return {
    world,
    listBrokenPreviews: () =>
      judge(async (life) =>
        hasChanged(life) ? [] : missingIn(await readCharged(app, life.contractIds[0] ?? 0), life.shown),
      ),
    listBrokenPromises: () => judge((life) => findBrokenPromises(world, life)),
    listDrifted: () => judge((life) => findDrifted(world, life)),
    tally() {
      const counts = Map.groupBy(
        lives.flatMap(({ changes }) => changes),
        (each) => each,
      )
      return [...counts]
        .map(([each, all]) => `${all.length} ${each}`)
        .toSorted()
        .join('\n')
    },
  }
}

/** Charges that were to come and have not come as they were listed. */
async function findBrokenPromises(world: LifeWorld, life: Life): Promise<string[]> {
  const today = (await findToday(world)).toString()
  const due = life.hasOpenPause ? [] : life.upcoming.filter(({ dueDate }) => dueDate < today)
  if (due.length === 0) return []
  const ids = due.map(({ id }) => id)
  const rows = await world.app.read(({ db }) => db.select().from(debtClaims).where(inArray(debtClaims.id, ids)))
  return due.flatMap(({ id, dueDate, amount }) => {
    const row = rows.find((each) => each.id === id)
    const came = row && `${row.state} ${row.dueDate} ${Number(row.amount).toFixed(2)}`
    const promised = `POSTED ${dueDate} ${amount.amount.toFixed(2)}`
    return came === promised ? [] : [`${promised} came as ${came}`]
  })
}

/** Contracts whose charges differ from what they want from their first day on. */
async function findDrifted(world: LifeWorld, life: Life): Promise<string[]> {
  const today = await findToday(world)
  return world.app.write(async (work) => {
    const faults: string[] = []
    for (const contract of await loadContracts(work.tx, life.contractIds)) {
      const before = await listContractClaims(work.tx, contract.row.id)
      if (!(await syncCharges(work, contract, { today, effectiveFrom: FIRST_DAY }))) continue
      const show = (claims: typeof before) =>
        claims.map(({ state, dueDate, amount, component, seq }) => `${state} ${dueDate} ${amount} ${component} ${seq}`)
      const changed = show(await listContractClaims(work.tx, contract.row.id))
      faults.push(
        `contract ${contract.row.id} had ${missingIn(changed, show(before))}, wants ${missingIn(show(before), changed)}`,
      )
    }
    return faults
  })
}
