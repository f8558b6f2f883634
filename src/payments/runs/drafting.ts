import { choosePayment, recordRejection } from '../../accounts/index.ts'
import { takeYourTime } from '../../platform/database/database.ts'
import { badRequest, notFound } from '../../platform/errors/errors.ts'
import { dateIn } from '../../platform/time/zoned-time.ts'
import type { UnitOfWork, View } from '../../platform/units/work.ts'
import { requireCurrency } from '../../platform/values/money.ts'
import { findStudio, type StudioRow } from '../../studios/index.ts'
import { expireInstrumentRow } from '../instruments/instrument-use-store.ts'
import { planBankCollection, planCardCollection } from './collection-date-rules.ts'
import { lastUseNeeded } from './mandate-use-rules.ts'
import { groupCurrency, isBankGroup, type MethodGroup } from './method-group-rules.ts'
import { deleteRun, insertRun } from './run-store.ts'
import { openRunSettings } from './run-settings.ts'
import { insertItems, listUnusedMandates, type Selection } from './selection-store.ts'

/** What is to be collected. */
export interface RunWish {
  readonly studioId: number
  readonly methodGroup: MethodGroup
  /** Claims due up to this day are collected; left out: today. */
  readonly targetDate?: Temporal.PlainDate | undefined
  /** The local day on which the run is made; left out: today. */
  readonly madeOn?: Temporal.PlainDate | undefined
}

/** What a run made today would select, and when it would collect. */
export interface PlannedRun {
  readonly selection: Selection
  readonly collectionDate: Temporal.PlainDate
}

/** Refuses (400) a method that does not collect in the currency of the studio. */
export async function planRun({ db, now }: View, wish: RunWish): Promise<PlannedRun> {
  const { studioId, methodGroup } = wish
  const studio = await findStudio(db, studioId)
  if (!studio) throw notFound('studio', studioId)
  const currency = groupCurrency(methodGroup, studio.currency)
  requireCurrency(currency, studio.currency, 'methodGroup')
  const madeOn = wish.madeOn ?? dateIn(now, studio.timeZone)
  const targetDate = wish.targetDate ?? madeOn
  const collectionDate = await planCollection({ db, studio, methodGroup, targetDate, madeOn })
  const selection = { studioId, methodGroup, currency, targetDate, lastUseNeeded: lastUseNeeded(collectionDate) }
  return { selection, collectionDate }
}

interface CollectionPlan {
  readonly db: View['db']
  readonly studio: Pick<StudioRow, 'id' | 'currency'>
  readonly methodGroup: MethodGroup
  readonly targetDate: Temporal.PlainDate
  readonly madeOn: Temporal.PlainDate
}

/** The day on which a run that is made on a day collects. */
export async function planCollection({ db, studio, methodGroup, ...days }: CollectionPlan) {
  const { preNotificationDays } = await openRunSettings(db, studio)
  const plan = isBankGroup(methodGroup) ? planBankCollection : planCardCollection
  return plan({ ...days, preNotificationDays })
}

/**
 * Drafts a run and answers it; undefined where nothing is due. Mandates that have ended unused are put out of use first.
 */
export async function draftRun(
  work: UnitOfWork,
  wish: RunWish,
  origin: 'CALENDAR' | 'STAFF',
): Promise<number | undefined> {
  const { selection, collectionDate } = await planRun(work, wish)
  // A statement judges everything that is due in the studio.
  await takeYourTime(work.tx)
  await expireMandates(work, selection)
  const { studioId, methodGroup, currency, targetDate } = selection
  const run = { studioId, methodGroup, origin, targetDate, collectionDate, currency }
  const runId = await insertRun(work.tx, run, work.now)
  if (runId === undefined) return undefined
  if (!(await insertItems(work.tx, runId, selection, work.now))) {
    await deleteRun(work.tx, runId)
    return undefined
  }
  const diff = { methodGroup: [null, methodGroup], targetDate: [null, targetDate.toString()] } as const
  work.audit({ action: 'paymentRun.drafted', entityKind: 'paymentRun', entityId: runId, studioId, diff })
  return runId
}

/** Drafts a run as staff ask for it; refuses (400) where nothing is due. */
export async function draftByStaff(work: UnitOfWork, wish: RunWish): Promise<number> {
  const runId = await draftRun(work, wish, 'STAFF')
  if (runId === undefined) throw badRequest('errormessage.paymentRun.nothingDue')
  return runId
}

/** Nobody may debit by a mandate that was not used for years: its customer pays in cash until there is another one. */
async function expireMandates(work: UnitOfWork, selection: Selection) {
  for (const { customerId, instrumentId, claimIds } of await listUnusedMandates(work.tx, selection)) {
    await choosePayment(work, customerId, 'CASH')
    if (!(await expireInstrumentRow(work.tx, instrumentId, work.now))) continue
    await recordRejection(work, claimIds, 'INVALID_SEPA_MANDATE')
    const diff = { state: ['ACTIVE', 'EXPIRED'] } as const
    work.audit({ action: 'paymentInstrument.expired', entityKind: 'paymentInstrument', entityId: instrumentId, diff })
  }
}
