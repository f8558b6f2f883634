import type { DueJob, JobDeps } from '../../platform/jobs/job.ts'
import type { RunUnit } from '../../platform/units/work.ts'
import { findNextEnding, listEndedSessions, listUnreleased, endSession, deleteDrafts } from './ending-store.ts'
import { updateRequest } from '../tokens/request-store.ts'
import { ProviderSilent } from '../provider.ts'
import { provider } from '../providers.ts'

const BATCH = 100

/**
 * Ends sessions whose time is over: gives their requests up, forgets what was drafted in them, and lets the provider go of
 * what nobody has used. Nothing waits for it: a session is over at its end anyway.
 */
export const endingJob: DueJob = {
  kind: 'DUE',
  name: 'payments.endSessions',
  async isDue({ db, now }) {
    const [ended, unreleased] = await Promise.all([listEndedSessions(db, now, 1), listUnreleased(db, 1)])
    return ended.length > 0 || unreleased.length > 0
  },
  nextDue: ({ db, now }) => findNextEnding(db, now),
  async run(run, now, { read }) {
    for (;;) {
      const ended = await read((db) => listEndedSessions(db, now, BATCH))
      for (const sessionId of ended) await end(run, sessionId)
      if (ended.length < BATCH) break
    }
    await release(run, read)
  },
}

function end(run: RunUnit, sessionId: number) {
  return run(async (work) => {
    if (!(await endSession(work.tx, sessionId, work.now))) return
    await deleteDrafts(work.tx, sessionId, work.now)
    work.audit({ action: 'paymentSession.ended', entityKind: 'paymentSession', entityId: sessionId })
  })
}

/** A silent provider is asked again with the next session that ends. */
async function release(run: RunUnit, read: JobDeps['read']) {
  for (;;) {
    const waiting = await read((db) => listUnreleased(db, BATCH))
    for (const { requestId, providerKey } of waiting) {
      const isSilent = await provider.release(run, providerKey).then(
        () => false,
        (error: unknown) => {
          if (error instanceof ProviderSilent) return true
          throw error
        },
      )
      if (isSilent) return
      await run(({ tx, now }) => updateRequest(tx, requestId, { voidedAt: now }, now))
    }
    if (waiting.length < BATCH) return
  }
}
