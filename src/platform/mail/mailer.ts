import type { Logger } from 'pino'
import type { Config } from '../config/config.ts'
import type { Database } from '../database/database.ts'
import type { Metrics } from '../process/metrics.ts'
import type { Secrets } from '../secrets.ts'
import type { RealTime } from '../time/clock.ts'
import { type Mail, MailFailure, type MailTransport } from './mail.ts'
import { listTenantsWithDueMails, lockDueMail, type MailRow, updateMail } from './mail-store.ts'
import { planNextStep } from './retry-rules.ts'

/** Longer than any attempt can take; a process without a sign of life for so long is gone. */
const BELIEVED_MINUTES = 10

/** What sending mails takes. */
export interface MailerDeps {
  readonly config: Config
  readonly database: Database
  readonly real: RealTime
  readonly secrets: Secrets
  readonly log: Logger
  readonly metrics: Metrics
}

/** Sends the mails that units of work have left, in real time, beside the requests. Several processes share the work. */
export class Mailer {
  readonly #platform: MailerDeps
  readonly #transport: MailTransport

  constructor(platform: MailerDeps, transport: MailTransport) {
    this.#platform = platform
    this.#transport = transport
  }

  /** Tries every mail that is due now, once, or as many as it can until `goesOn` returns false. */
  async sendDue(goesOn: () => boolean = () => true) {
    const { database, real } = this.#platform
    for (const tenantId of await database.read('none', (db) => listTenantsWithDueMails(db, real.now()))) {
      while (goesOn() && (await this.#sendNext(tenantId))) continue
    }
  }

  /** Takes one mail and tries to send it; false when none is due. */
  async #sendNext(tenantId: number): Promise<boolean> {
    const taken = await this.#take(tenantId)
    if (taken === undefined) return false
    if (taken === 'SETTLED') return true
    const result = await this.#attempt(tenantId, taken).then(
      () => undefined,
      (error: unknown) => (error instanceof MailFailure ? error : new MailFailure('TEMPORARY', 'unexpected')),
    )
    await this.#recordOutcome(tenantId, taken, result)
    return true
  }

  /** Marks a mail as this attempt's. One whose sender is gone is settled when the server may have taken it. */
  #take(tenantId: number): Promise<MailRow | 'SETTLED' | undefined> {
    const { database, real } = this.#platform
    return database.transaction(tenantId, async (tx) => {
      const now = real.now()
      const mail = await lockDueMail(tx, now)
      if (!mail) return undefined
      const { id, attempts } = mail
      if (mail.state === 'SENDING' && mail.handedOver) {
        await updateMail(tx, id, attempts, { state: 'UNCERTAIN', settledAt: now, dueAt: null, failure: 'interrupted' })
        return 'SETTLED'
      }
      const mine = { state: 'SENDING', attempts: attempts + 1, handedOver: false } as const
      await updateMail(tx, id, attempts, { ...mine, dueAt: now.add({ minutes: BELIEVED_MINUTES }) })
      return { ...mail, ...mine }
    })
  }

  async #attempt(tenantId: number, { id, attempts, messageId, contentEnc, createdAt }: MailRow) {
    const { config, database, secrets } = this.#platform
    if (contentEnc === null) throw new MailFailure('PERMANENT', 'content')
    const mail = JSON.parse(secrets.open('field', contentEnc)) as Mail
    const message = { ...mail, messageId, from: config.mailFrom, at: createdAt, name: String(id) }
    await this.#transport.send(message, async () => {
      const isMine = await database.transaction(tenantId, (tx) => updateMail(tx, id, attempts, { handedOver: true }))
      if (!isMine) throw new MailFailure('TEMPORARY', 'taken over')
    })
  }

  async #recordOutcome(tenantId: number, { id, attempts }: MailRow, failure: MailFailure | undefined) {
    const { database, real, log, metrics } = this.#platform
    const now = real.now()
    metrics.jobRuns.inc({ job: 'mail', result: failure ? 'failed' : 'done' })
    const next = failure ? planNextStep(failure.kind, attempts) : ({ state: 'SENT' } as const)
    const changes =
      next.state === 'QUEUED'
        ? { dueAt: now.add({ minutes: next.waitMinutes }) }
        : { dueAt: null, settledAt: now, ...(next.state === 'SENT' ? { contentEnc: null } : {}) }
    await database.transaction(tenantId, (tx) =>
      updateMail(tx, id, attempts, { state: next.state, failure: failure?.code ?? null, ...changes }),
    )
    if (failure) log.warn({ mail: id, attempts, next: next.state, code: failure.code }, 'a mail could not be sent')
  }
}
