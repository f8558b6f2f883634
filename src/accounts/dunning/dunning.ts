import { lockCustomers, restrictAccess } from '../../customers/index.ts'
import { notFound } from '../../platform/errors/errors.ts'
import { dateIn } from '../../platform/time/zoned-time.ts'
import type { UnitOfWork } from '../../platform/units/work.ts'
import { findStudio } from '../../studios/index.ts'
import { type Account, lockAccount } from '../account-lock.ts'
import { storeMinor, sum } from '../amounts.ts'
import { chargeCustomer } from '../charge.ts'
import { clearDunning, listDunningRestrictions } from './clearing.ts'
import { judgeDunning, type OverdueClaim, pickOverdue } from './dunning-rules.ts'
import {
  findDunning,
  insertLevels,
  insertNotice,
  type Level,
  listLevels,
  listReminded,
  saveFeeClaim,
  saveLevel,
} from './dunning-store.ts'

/** The levels that a studio begins with: they cost nothing and keep nobody out until staff decide so. */
const firstLevels = [
  { no: 1, name: 'Dunning Level 1', daysOverdue: 7 },
  { no: 2, name: 'Dunning Level 2', daysOverdue: 21 },
  { no: 3, name: 'Dunning Level 3', daysOverdue: 35 },
] as const

/** The levels of a studio; one without any is given the first ones. */
export async function openLevels(work: UnitOfWork, studioId: number): Promise<Level[]> {
  const levels = await listLevels(work.tx, studioId)
  if (levels.length > 0) return levels
  const studio = await findStudio(work.db, studioId)
  if (!studio) throw notFound('studio', studioId)
  const { currency } = studio
  const rows = firstLevels.map((level) => ({ ...level, studioId, currency, minDaysSincePrevious: 7 }))
  await insertLevels(work.tx, rows, work.now)
  return listLevels(work.tx, studioId)
}

interface Standing {
  readonly account: Account
  readonly overdue: readonly OverdueClaim[]
  readonly today: Temporal.PlainDate
  readonly cycle: number
}

/**
 * Takes the step of the reminders that is due today for a customer: one level up, none any more, or nothing. The customer
 * is locked before the account, because a level may keep him or her out.
 */
export async function dunCustomer(work: UnitOfWork, customerId: number) {
  await lockCustomers(work.tx, [customerId])
  const account = await lockAccount(work, customerId)
  const studio = await findStudio(work.db, account.homeStudioId)
  const dunning = await findDunning(work.tx, account)
  if (!studio || !dunning) return
  const today = dateIn(work.now, studio.timeZone)
  const [levels, claims] = [await openLevels(work, studio.id), await listReminded(work.tx, account)]
  const isInCollection = dunning.openCases > 0 || dunning.collectionHold
  const { no: reached, cycle, dunnedOn } = dunning
  const step = judgeDunning({ today, levels, claims, reached, dunnedOn, isInCollection })
  const standing = { account, overdue: pickOverdue(today, claims), today, cycle }
  if (step.kind === 'RAISE') await raise(work, standing, step.level)
  if (step.kind === 'CLEAR') await clearDunning(work, account)
}

/** A day has one step: the pause to the next level is a day at least, and a level has one notice in a cycle. */
async function raise(work: UnitOfWork, { account, overdue, today, cycle }: Standing, level: Level) {
  const { customerId, entityId, currency, homeStudioId: studioId } = account
  const overdueAmount = storeMinor(sum(overdue.map(({ open }) => open)), currency)
  const notice = { customerId, entityId, levelId: level.id, cycle, dunnedOn: today, overdueAmount, currency }
  const noticeId = await insertNotice(work.tx, notice, work.now)
  await saveLevel(work.tx, account, { levelId: level.id, dunnedOn: today }, work.now)
  if (level.fee > 0n) {
    const fee = { kind: 'DUNNING_FEE', chargeType: 'FEE', amount: { minor: level.fee, currency } } as const
    const about = { customerId, studioId, description: level.name, journalKey: `dunning:${noticeId}` }
    const parentClaimId = overdue[0]?.id
    const feeClaimId = await chargeCustomer(work, { ...about, ...fee, dueOn: today, parentClaimId })
    await saveFeeClaim(work.tx, noticeId, feeClaimId)
  }
  if (level.restrictAccess) await keepOut(work, customerId, level.name)
  const diff = { level: [null, level.no], overdue: [null, overdueAmount] } as const
  work.audit({ action: 'dunning.raised', entityKind: 'customer', entityId: customerId, studioId, diff })
}

/** Notes a reminder that was sent before Palestra kept the books, without fee and ban; local date of the studio. */
export async function recordReminder(
  work: UnitOfWork,
  { customerId, no, on }: { readonly customerId: number; readonly no: number; readonly on: Temporal.PlainDate },
) {
  const account = await lockAccount(work, customerId)
  const level = (await openLevels(work, account.homeStudioId)).find((each) => each.no === no)
  const dunning = await findDunning(work.tx, account)
  if (!level || !dunning) throw notFound('dunningLevel', no)
  const { entityId, currency } = account
  const overdue = pickOverdue(on, await listReminded(work.tx, account))
  const overdueAmount = storeMinor(sum(overdue.map(({ open }) => open)), currency)
  const about = { customerId, entityId, levelId: level.id, cycle: dunning.cycle }
  await insertNotice(work.tx, { ...about, dunnedOn: on, overdueAmount, currency }, work.now)
  await saveLevel(work.tx, account, { levelId: level.id, dunnedOn: on }, work.now)
}

async function keepOut(work: UnitOfWork, customerId: number, reason: string) {
  if ((await listDunningRestrictions(work, customerId)).length > 0) return
  await restrictAccess(work, { customerId, source: 'DUNNING', reason })
}
