import { AssertionError } from 'node:assert'
import { and, gt, or } from 'drizzle-orm'
import { debtClaims } from '../../../src/accounts/tables.ts'
import { readDrift } from '../scenes/money-whole.ts'
import { leadingLives } from './leading-lives.ts'
import { FIRST_DAY, type LifePlan, planLives } from './life-plans.ts'
import { type LifeWorld, lifeVouchers, openLifeWorld } from './life-world.ts'
import { type Life, listUpcoming } from './life.ts'
import { change, signUp } from './living.ts'
import { payAll } from './paying.ts'

const DAYS = 730
/** Members who sign and change at the same time. */
const IN_FLIGHT = 6
const REPORTED_EVERY = 60

/** Members whose two years are over. */
export interface LivedStory {
  readonly world: LifeWorld
  readonly lives: readonly Life[]
  /** Where what was stored differed from what was shown just before; such a life ends there. */
  readonly broken: readonly string[]
  /** What the billing runs have put right; nothing unless a change was made past the rules. */
  readonly repairs: readonly string[]
}

export interface WantedStory {
  readonly count: number
  readonly seed: number
  /** Is shown the story so far, now and then: a long one takes an hour. */
  readonly report: (story: LivedStory, day: number) => Promise<void>
}

/** Lets members sign and change what they have signed, and two years pass: all of them in one run of the clock. */
export async function liveThrough(wanted: WantedStory): Promise<LivedStory> {
  const world = await openLifeWorld(`${FIRST_DAY}T10:00:00+01:00`)
  try {
    return await live(world, wanted)
  } catch (error) {
    await world.app.close()
    throw error
  }
}

async function live(world: LifeWorld, { count, seed, report }: WantedStory): Promise<LivedStory> {
  const choices = { offers: world.offers.length, vouchers: lifeVouchers.length }
  const plans = planLives(count, { ...choices, seed, leading: leadingLives(choices) })
  const lives = new Map<LifePlan, Life>()
  const repairs: string[] = []
  const broken = new Map<LifePlan, string>()
  const soFar = (): LivedStory => ({ world, lives: [...lives.values()], repairs, broken: [...broken.values()] })
  for (let day = 0; day <= DAYS; day++) {
    if (day > 0) repairs.push(...(await travel(world, day)))
    const busy = plans.filter((plan) => listDays(plan).includes(day) && !broken.has(plan))
    await inFlight(busy, (plan) =>
      liveOneDay(world, { plan, lives, day }).catch((error: unknown) => {
        if (!(error instanceof AssertionError)) throw error
        broken.set(plan, `${day} days on: ${error.message} of ${JSON.stringify(plan)}`)
        lives.delete(plan)
      }),
    )
    // Members pay every day, so that nobody is reminded.
    await payAll(world)
    if (day > 0 && day % REPORTED_EVERY === 0) await report(soFar(), day)
  }
  return soFar()
}

const listDays = ({ signsOn, changes }: LifePlan) => [signsOn, ...changes.map(({ after }) => signsOn + after)]

interface OneDay {
  readonly plan: LifePlan
  readonly lives: Map<LifePlan, Life>
  readonly day: number
}

/** What a member does on a day, one after the other; afterwards the account says what is to come. */
async function liveOneDay(world: LifeWorld, { plan, lives, day }: OneDay) {
  if (plan.signsOn === day) lives.set(plan, await signUp(world, plan))
  const life = lives.get(plan)
  if (!life) return
  for (const each of plan.changes.toSorted((a, b) => a.after - b.after)) {
    if (plan.signsOn + each.after === day) await change(world, life, each)
  }
  if (day === Math.max(...listDays(plan))) life.upcoming = await listUpcoming(world, life)
}

/** Does the work for all of them, for some at a time. */
async function inFlight<T>(all: readonly T[], work: (each: T) => Promise<void>) {
  const left = [...all]
  const run = async () => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) await work(next)
  }
  await Promise.all(Array.from({ length: IN_FLIGHT }, run))
}

/** Lets the clock run to the morning of a day. Answers which claims may be the ones that a billing run has put right. */
async function travel({ app }: LifeWorld, day: number): Promise<string[]> {
  const [known, { now }] = [await readDrift(app), await app.app.clocks.read(app.berlin.tenantId)]
  const at = FIRST_DAY.add({ days: day }).toZonedDateTime({ timeZone: 'Europe/Berlin', plainTime: '10:00' })
  await app.travelTo(at.toInstant().toString())
  if ((await readDrift(app)) === known) return []
  const { contractId, dueDate, amount, updatedAt, createdAt, version } = debtClaims
  // Usually a claim is stored once and then booked.
  const changed = await app.read(({ db }) =>
    db
      .select({ contractId, dueDate, amount, version })
      .from(debtClaims)
      .where(and(gt(updatedAt, now), or(gt(createdAt, now), gt(version, 2)))),
  )
  return [`${at.toPlainDate()}: among ${changed.map((each) => Object.values(each).join(' ')).join(', ')}`]
}
