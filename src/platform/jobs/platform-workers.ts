import { auditSealer, type SealerDeps } from '../audit/sealer.ts'
import { mailWorker } from '../mail/mail-worker.ts'
import type { MailerDeps } from '../mail/mailer.ts'
import { spoolSweeper, type SpoolSweeperDeps } from '../uploads/spool-sweeper.ts'
import type { Worker } from './worker.ts'

/** What the platform itself does beside the requests in real time; modules have workers of their own. */
export function openPlatformWorkers(platform: SealerDeps & MailerDeps & SpoolSweeperDeps): readonly Worker[] {
  return [auditSealer(platform), mailWorker(platform), spoolSweeper(platform)]
}
