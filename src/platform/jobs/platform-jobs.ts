import { auditRetention } from '../audit/audit-jobs.ts'
import { fileRetention, orphanedBytes } from '../files/file-jobs.ts'
import { mailRetention } from '../mail/mail-jobs.ts'
import { answerRetention } from '../units/answer-jobs.ts'
import type { Job } from './job.ts'

/** What the platform itself tidies up; modules have jobs of their own. */
export const platformJobs: readonly Job[] = [
  answerRetention,
  fileRetention,
  orphanedBytes,
  mailRetention,
  auditRetention,
]
