import { readFailure } from '../tracing/statements.ts'
import type { Tracing } from '../tracing/tracing.ts'

export interface TracedJob {
  readonly name: string
  /** Under which its audit lines and events stand, if it has any of its own. */
  readonly traceId?: string
  readonly tenantId?: number
  readonly studioId?: number | null
}

/** Runs a job in a span of its own, where traces are asked for. */
export async function runTraced<T>(tracing: Tracing | undefined, job: TracedJob, work: () => Promise<T>): Promise<T> {
  if (!tracing) return work()
  const span = tracing.begin({
    kind: 'INTERNAL',
    name: job.name,
    traceId: job.traceId,
    attributes: {
      'palestra.job.name': job.name,
      'palestra.tenant.id': job.tenantId,
      'palestra.studio.id': job.studioId ?? undefined,
    },
  })
  try {
    const result = await span.enter(work)
    span.end({})
    return result
  } catch (error) {
    span.end(readFailure(error))
    throw error
  }
}
