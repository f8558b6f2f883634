import type { RejectionReason } from '../accounts/index.ts'
import type { DueJob } from '../platform/jobs/job.ts'
import type { RunUnit, UnitOfWork } from '../platform/units/work.ts'
import { planNextCapture } from './capture-rules.ts'
import { delayCapture, type DueCapture, endPayment, findNextCapture, listDueCaptures } from './payment-store.ts'
import { ProviderSilent } from './provider.ts'
import { provider } from './providers.ts'
import { readReason } from './returning/return-rules.ts'
import { markReversed } from './returning/return-store.ts'
import { rejectPayment } from './returning/returns.ts'

const BATCH = 100

/** Collects the money of booked payments. A crash repeats a capture with the same key, which the provider knows. */
export const captureJob: DueJob = {
  kind: 'DUE',
  name: 'payments.capture',
  isDue: async ({ db, now }) => (await listDueCaptures(db, now, 1)).length > 0,
  nextDue: ({ db }) => findNextCapture(db),
  async run(run, now, { read }) {
    for (;;) {
      const due = await read((db) => listDueCaptures(db, now, BATCH))
      for (const payment of due) await capture(run, payment)
      if (due.length < BATCH) return
    }
  },
}

async function capture(run: RunUnit, payment: DueCapture) {
  const { id, providerKey } = payment
  if (payment.isTakenBack) return giveBack(run, payment)
  const outcome = await provider.capture(run, providerKey).catch((error: unknown) => {
    if (error instanceof ProviderSilent) return 'SILENT' as const
    throw error
  })
  await run((work) => {
    if (outcome === 'CAPTURED') return settlePayment(work, id)
    return outcome === 'SILENT' ? askLater(work, payment) : failPayment(work, id, outcome.failed)
  })
}

/** Nothing is collected for what was taken back; a silent provider is asked again like for a capture. */
async function giveBack(run: RunUnit, payment: DueCapture) {
  const isSilent = await provider.release(run, payment.providerKey).then(
    () => false,
    (error: unknown) => {
      if (error instanceof ProviderSilent) return true
      throw error
    },
  )
  await run(async (work) => {
    if (isSilent) return askLater(work, payment)
    await markReversed(work.tx, payment.id, 'OTHER', work.now)
    work.audit({ action: 'payment.released', entityKind: 'payment', entityId: payment.id })
  })
}

/** The provider has taken the money. */
export async function settlePayment(work: UnitOfWork, paymentId: number) {
  if (!(await endPayment(work.tx, paymentId, { state: 'SETTLED' }, work.now))) return
  work.audit({ action: 'payment.settled', entityKind: 'payment', entityId: paymentId })
}

async function askLater(work: UnitOfWork, payment: DueCapture) {
  const next = planNextCapture(payment, work.now)
  if (next === undefined) return failPayment(work, payment.id, 'AUTHORIZATION_DECLINED')
  await delayCapture(work.tx, payment.id, next, work.now)
}

/** The money never came: the payment is taken back, and what it had settled is open again. What was sold stays sold. */
async function failPayment(work: UnitOfWork, paymentId: number, reason: RejectionReason) {
  const failed = await endPayment(work.tx, paymentId, { state: 'FAILED', rejectionReason: reason }, work.now)
  if (failed) await rejectPayment(work, { paymentId, kind: 'PAYMENT_CORRECTION', ...failed, ...readReason(reason) })
}
