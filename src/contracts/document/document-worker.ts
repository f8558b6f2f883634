import { Loop, type Worker } from '../../platform/jobs/worker.ts'
import { DocumentPrinter, type PrinterDeps } from './document-printer.ts'

const POLL_EVERY_MS = 2000

/** Prints documents of contracts while the process serves. */
export function documentWorker(platform: PrinterDeps): Worker {
  const printer = new DocumentPrinter(platform)
  const options = { everyMs: POLL_EVERY_MS, log: platform.log, complaint: 'searching documents to print failed' }
  return new Loop(options, (goesOn) => printer.printDue(goesOn))
}
