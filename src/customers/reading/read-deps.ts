import type { ModuleDeps } from '../../platform/module-deps.ts'
import { GuessLimiter } from '../../platform/entrance/guess-limiter.ts'
import { AccessLog } from './access-log.ts'
import { lookupLimit } from './lookup-limit.ts'
import type { ReadDeps } from './reads.ts'

const known = new WeakMap<ModuleDeps, ReadDeps>()

/** What reading a customer needs. One per application: all modules share the access log and the count of wrong guesses. */
export function getReadDeps(deps: ModuleDeps): ReadDeps {
  const existing = known.get(deps)
  if (existing) return existing
  const accessLog = new AccessLog(deps.units)
  deps.onClose(() => accessLog.flush())
  const misses = new GuessLimiter<number>(lookupLimit, () => deps.real.monotonicMs())
  const created = { secrets: deps.secrets, accessLog, misses }
  known.set(deps, created)
  return created
}
