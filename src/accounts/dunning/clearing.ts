import { liftRestriction, listRestrictions, lockCustomers } from '../../customers/index.ts'
import { dateIn } from '../../platform/time/zoned-time.ts'
import type { UnitOfWork } from '../../platform/units/work.ts'
import { findStudio } from '../../studios/index.ts'
import { type Account, lockAccount } from '../account-lock.ts'
import { judgeDunning } from './dunning-rules.ts'
import { clearLevel, findDunning, listReminded } from './dunning-store.ts'

/** Takes the level of reminders away, and lets in who was kept out for it. The customer is locked before the account. */
export async function clearDunning(work: UnitOfWork, { customerId, entityId, homeStudioId: studioId }: Account) {
  await clearLevel(work.tx, { customerId, entityId }, work.now)
  for (const { id } of await listDunningRestrictions(work, customerId)) await liftRestriction(work, id)
  work.audit({ action: 'dunning.cleared', entityKind: 'customer', entityId: customerId, studioId })
}

/** The bans that reminders have set. */
export async function listDunningRestrictions({ db }: UnitOfWork, customerId: number) {
  return (await listRestrictions(db, customerId)).filter(({ source }) => source === 'DUNNING')
}

/**
 * Once money has moved: who owes nothing too late any more loses the level at once. In a unit of its own, because customers
 * are locked before accounts; after a crash in between the next night does it.
 */
export function clearAfterCommit(work: UnitOfWork, customerId: number) {
  work.afterCommit((run) => run((next) => clearWhenPaid(next, customerId)))
}

async function clearWhenPaid(work: UnitOfWork, customerId: number) {
  await lockCustomers(work.tx, [customerId])
  const account = await lockAccount(work, customerId)
  const studio = await findStudio(work.db, account.homeStudioId)
  const dunning = await findDunning(work.tx, account)
  if (!studio || !dunning) return
  const [today, claims] = [dateIn(work.now, studio.timeZone), await listReminded(work.tx, account)]
  const { no: reached, dunnedOn } = dunning
  const isInCollection = dunning.openCases > 0 || dunning.collectionHold
  const step = judgeDunning({ today, levels: [], claims, reached, dunnedOn, isInCollection })
  if (step.kind === 'CLEAR') await clearDunning(work, account)
}
