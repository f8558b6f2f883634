import assert from 'node:assert/strict'
import { makeForm } from '../multipart.ts'
import { lifePolicies } from './life-offers.ts'
import type { LifeWorld } from './life-world.ts'
import { type Life, listUpcoming, refused, findToday, type Upcoming } from './life.ts'

const pausesPath = ({ contractIds }: Life) => `/v1/memberships/${contractIds.at(-1)}/self-service/idle-periods`

const asForm = (data: object) => makeForm([{ name: 'data', content: JSON.stringify(data), type: 'application/json' }])

/** The unit in which a contract may pause; undefined where it may not. */
async function readUnit({ app }: LifeWorld, life: Life): Promise<'DAY' | 'WEEK' | 'MONTH' | undefined> {
  const { status, body } = await app.get(`${pausesPath(life)}/config`)
  return status === 200 ? body.temporalUnit : undefined
}

/** Pauses for one to three units, now and then without end. */
export async function pause(world: LifeWorld, life: Life, choice: number): Promise<string> {
  const unit = await readUnit(world, life)
  const today = await findToday(world)
  const byMonth = unit !== 'DAY' && unit !== 'WEEK'
  const start = byMonth ? today.with({ day: 1 }).add({ months: 1 + (choice % 3) }) : today.add({ days: choice % 25 })
  const length =
    choice % 5 === 0
      ? { unlimited: true }
      : { temporalUnit: unit ?? 'MONTH', termValue: 1 + (choice % (unit === 'DAY' ? 20 : 3)) }
  const wish = { startDate: start.toString(), reasonId: world.idleReasonId, ...length }
  const answer = await world.app.sendRaw('POST', pausesPath(life), asForm(wish))
  if (answer.status !== 200) return refused(answer)
  life.pauseIds.push(answer.body.id)
  life.hasOpenPause ||= answer.body.unlimited
  if (answer.body.unlimited) return 'without end done'
  return isFree(life) ? 'for free done' : 'for a fee done'
}

const isFree = ({ offers }: Life) => lifePolicies[(offers.at(-1) ?? 0) % lifePolicies.length]?.feeType === 'NONE'

type Shown = Upcoming & { readonly discountedAmount?: { readonly amount: number } }

/** As much of a charge as the preview of a pause and the account say in the same way. */
const comparable = ({
  dueDate,
  description,
  amount,
  discountedAmount,
  paidPeriodFrom,
  paidPeriodTo,
  chargeType,
}: Shown) =>
  `${dueDate} ${(discountedAmount ?? amount).amount.toFixed(2)} ${description} ${paidPeriodFrom}–${paidPeriodTo} ${chargeType}`

/** Ends the last pause earlier, or lets it take a unit longer; the account then shows what the preview has shown. */
export async function changePause(world: LifeWorld, life: Life, choice: number): Promise<string> {
  const { app, idleReasonId: reasonId } = world
  const pauseId = life.pauseIds.at(-1)
  if (pauseId === undefined) return 'nothing to change'
  const path = `${pausesPath(life)}/${pauseId}`
  const found = await app.get(path)
  if (found.status !== 200) return refused(found)
  const { startDate, unlimited } = found.body
  const [unit, today] = [await readUnit(world, life), await findToday(world)]
  const soon = today.add({ days: (choice % 30) - 1 }).toString()
  const changed =
    choice % 2 === 0 || unlimited
      ? { startDate, endDate: soon, reasonId }
      : { startDate, temporalUnit: unit ?? 'MONTH', termValue: 1 + (choice % 4), reasonId }
  const headers = { 'content-type': 'application/json' }
  const preview = await app.sendRaw('PUT', `${path}/preview`, { headers, payload: JSON.stringify(changed) })
  const answer = await app.sendRaw('PUT', path, asForm(changed))
  const isPossible = preview.status === 200 && preview.body.validationStatus === 'IDLEPERIOD_UPDATABLE'
  assert.equal(answer.status === 200, isPossible, `${preview.text} ${answer.text}`)
  if (!isPossible) return refused(preview)
  life.hasOpenPause = false
  const upcoming = await listUpcoming(world, life)
  // The account lists the charges of all contracts.
  if (life.contractIds.length + life.reversedIds.length === 1) {
    assert.deepEqual(preview.body.previewCharges.map(comparable).toSorted(), upcoming.map(comparable).toSorted())
  }
  return unlimited ? 'of one without end done' : 'done'
}
