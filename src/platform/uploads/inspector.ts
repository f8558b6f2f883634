/**
 * The program of the process that inspects files which strangers sent. It answers one job after the other, ends when
 * its server ends, and ends itself when a job takes too much memory: what it decodes lies outside of what V8 limits.
 */
import type { InspectionJob } from './inspection.ts'

const CHECK_EVERY_MS = 20

const largestBytes = Number(process.argv[2])

// The keyboard's signals are meant for the server, which waits for what is under way.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined)
process.on('disconnect', () => process.exit())
process.on('message', (job: InspectionJob) => void answer(job))
setInterval(() => {
  if (process.memoryUsage.rss() > largestBytes) process.exit(1)
}, CHECK_EVERY_MS).unref()

async function answer(job: InspectionJob) {
  try {
    process.send?.({ result: await run(job) })
  } catch {
    process.send?.({ result: undefined })
  }
}

/** Each kind loads its libraries when it is first asked for. */
async function run({ kind, path, content }: InspectionJob) {
  if (kind === 'SNIFF') return (await import('./sniffing.ts')).sniffContent(path)
  return (await import('./fitting.ts')).fit(path, content)
}
