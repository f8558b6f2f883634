import { readMinor, storeMinor } from '../../accounts/index.ts'
import { notFound } from '../../platform/errors/errors.ts'
import type { StaffOperations } from '../../platform/staff/staff-operations.ts'
import type { UnitOfWork, View } from '../../platform/units/work.ts'
import { findStudio } from '../../studios/index.ts'
import { draftByStaff, planRun } from './drafting.ts'
import { exportRun } from './exporting.ts'
import type { MethodGroup } from './method-group-rules.ts'
import { presentItem, presentRuns } from './present-runs.ts'
import { configureRuns, openRunSettings } from './run-settings.ts'
import { cancelRun, continueRun, removeItem, retryRun, stopRun, submitRun } from './run-steps.ts'
import { findRun, listItems, listRuns } from './run-store.ts'
import { listExcluded, sumSelected } from './selection-store.ts'
import * as api from './staff-run-api.ts'
import { readDay } from '../../platform/time/zoned-time.ts'

const SHOWN_RUNS = 100
const SHOWN = 1000

interface Wish {
  readonly studioId: number
  readonly methodGroup: MethodGroup
  readonly targetDate?: string | undefined
}

const readWish = ({ studioId, methodGroup, targetDate }: Wish) => ({
  studioId,
  methodGroup,
  targetDate: readDay(targetDate),
})

/** Binds what staff do with payment runs. */
export function runStaff(operations: StaffOperations) {
  settings(operations)
  reads(operations)
  operations.write(api.draftPaymentRun, async (work, { body }) =>
    standing(work, await draftByStaff(work, readWish(body))),
  )
  const step = (operation: typeof api.exportPaymentRun, take: (work: UnitOfWork, runId: number) => Promise<void>) =>
    operations.write(operation, async (work, { params: { paymentRunId } }) => {
      await take(work, paymentRunId)
      return standing(work, paymentRunId)
    })
  step(api.exportPaymentRun, exportRun)
  step(api.submitPaymentRun, submitRun)
  step(api.cancelPaymentRun, cancelRun)
  step(api.stopPaymentRun, stopRun)
  step(api.continuePaymentRun, continueRun)
  step(api.retryPaymentRun, retryRun)
  operations.write(api.removePaymentRunItem, async (work, { params: { itemId } }) => {
    await removeItem(work, itemId)
    return { itemId }
  })
}

async function openRun(db: View['db'], runId: number) {
  const run = await findRun(db, runId)
  if (!run) throw notFound('paymentRun', runId)
  return run
}

async function standing(work: UnitOfWork, paymentRunId: number) {
  const { state } = await openRun(work.tx, paymentRunId)
  return { paymentRunId, state }
}

function settings(operations: StaffOperations) {
  operations.write(api.configurePaymentRuns, async (work, { params: { studioId }, body }) => {
    await configureRuns(work, studioId, body)
    return { studioId }
  })
  operations.read(api.showPaymentRunSettings, async ({ db }, { params: { studioId } }) => {
    const studio = await findStudio(db, studioId)
    if (!studio) throw notFound('studio', studioId)
    const { studioId: _studio, ...shown } = await openRunSettings(db, studio)
    return shown
  })
}

function reads(operations: StaffOperations) {
  operations.read(api.listPaymentRuns, async ({ db }, { body: { studioId } }) => ({
    runs: await presentRuns(db, await listRuns(db, studioId, SHOWN_RUNS)),
  }))
  operations.read(api.showPaymentRun, async ({ db }, { params: { paymentRunId } }) => {
    const [shown] = await presentRuns(db, [await openRun(db, paymentRunId)])
    if (!shown) throw notFound('paymentRun', paymentRunId)
    return shown
  })
  operations.read(api.listPaymentRunItems, async ({ db }, { params: { paymentRunId }, body: { after = 0 } }) => {
    await openRun(db, paymentRunId)
    return { items: (await listItems(db, paymentRunId, { after, limit: SHOWN })).map(presentItem) }
  })
  operations.read(api.previewPaymentRun, async (view, { body }) => {
    const { selection, collectionDate } = await planRun(view, readWish(body))
    const { currency } = selection
    const amount = (stored: string) => storeMinor(readMinor(stored, currency), currency)
    const selected = await sumSelected(view.db, selection)
    const excluded = await listExcluded(view.db, selection, { after: body.after ?? 0, limit: SHOWN })
    return {
      collectionDate: collectionDate.toString(),
      items: selected.items,
      claims: selected.claims,
      amount: amount(selected.amount),
      excluded: excluded.map(({ customerId, exclusion: reason, claims, amount: open }) => ({
        customerId,
        reason,
        claims,
        amount: amount(open),
      })),
    }
  })
}
