/** A mail as it waits to be sent. */
export interface Mail {
  /** One address. */
  readonly to: string
  /** What stands before the installation's own address, usually the name of the studio. */
  readonly fromName: string
  readonly replyTo?: string
  readonly subject: string
  /** Plain text. */
  readonly text: string
}

/** A mail with what makes it a message that can be sent and recognised. */
export interface Message extends Mail {
  readonly messageId: string
  /** The installation's own address. */
  readonly from: string
  readonly at: Temporal.Instant
  /** Names the file in a folder of mails. */
  readonly name: string
}

/**
 * What became of an attempt that failed: TEMPORARY may work later, PERMANENT never will, UNCERTAIN may have arrived.
 */
export type FailureKind = 'TEMPORARY' | 'PERMANENT' | 'UNCERTAIN'

/** `code` is the server's code or a word of ours: never an address, never the server's sentence, which may quote one. */
export class MailFailure extends Error {
  override readonly name = 'MailFailure'
  readonly kind: FailureKind
  readonly code: string

  constructor(kind: FailureKind, code: string) {
    super(`The mail could not be sent: ${code}`)
    this.kind = kind
    this.code = code
  }
}

/** A way for mails to leave. Resolves when another mail server has taken over the mail, else throws a `MailFailure`. */
export interface MailTransport {
  /** `handOver` is awaited right before the server is given what it cannot give back. */
  send(message: Message, handOver: () => Promise<void>): Promise<void>
}
