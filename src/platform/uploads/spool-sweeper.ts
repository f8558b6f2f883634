import type { Logger } from 'pino'
import { Loop, type Worker } from '../jobs/worker.ts'
import type { RealTime } from '../time/clock.ts'
import type { Spool } from './spool.ts'

const SWEEP_EVERY_MS = 3_600_000
/** No request reads an upload for so long. */
const KEPT_HOURS = 24

export interface SpoolSweeperDeps {
  readonly spool: Spool
  readonly real: RealTime
  readonly log: Logger
}

/** Removes uploads that nobody reads any more. Each node has a folder of its own, so each sweeps its own. */
export function spoolSweeper({ spool, real, log }: SpoolSweeperDeps): Worker {
  const options = { everyMs: SWEEP_EVERY_MS, log, complaint: 'sweeping the uploads failed' }
  return new Loop(options, () => spool.sweep(real.now().subtract({ hours: KEPT_HOURS })))
}
