import type { Config } from '../config/config.ts'
import type { Secrets } from '../secrets.ts'
import type { ApiCaller, Caller, PartnerCaller, StudioCaller } from './caller.ts'
import type { Queryable, Tx } from '../database/database.ts'
import type { DomainEvent } from './events.ts'
import type { WishHeader } from '../api/operation.ts'
import type { TenantTexts } from '../texts/tenant-texts.ts'
import type { WritePart } from './write-parts.ts'
import type { Printer } from '../time/zoned-time.ts'

/** One line of the audit log: what was done to which entity, with the fields that changed. */
export interface AuditEntry {
  /** Past tense, module first: `booking.created`. */
  readonly action: string
  readonly entityKind: string
  readonly entityId: number
  readonly studioId?: number
  /** Field name → [old, new]. Values of personal fields go through `hashed()` first. */
  readonly diff?: Readonly<Record<string, readonly [unknown, unknown]>>
}

/** What belongs to the installation rather than to one tenant. */
export interface Installation {
  readonly config: Config
  readonly secrets: Secrets
  readonly texts: TenantTexts
}

/** What a read may know: where to read, who asks, and the one moment that the answer is about. */
export interface View<C extends Caller = Caller> {
  readonly db: Queryable
  readonly caller: C
  readonly installation: Installation
  /** One instant for the whole operation, by the clock of the tenant. */
  readonly now: Temporal.Instant
}

/**
 * A view inside a transaction: rows, audit lines and events written through it commit together or not at all.
 * Nothing slow belongs in here: no HTTP, no mail, no files.
 */
export interface UnitOfWork<C extends Caller = Caller> extends View<C> {
  readonly tx: Tx
  emit(event: DomainEvent): void
  audit(entry: AuditEntry): void
  /** Says whom the answer is about, where neither the request nor an event nor an audit line does. */
  concern(customerId: number): void
  /** Writes together with the commit: for rows whose outcome nothing in the unit waits for. */
  writeLast(part: WritePart): void
  /** Runs `next` after this unit has committed and before the caller is answered; the sweeper repeats it after a crash. */
  afterCommit(next: (run: RunUnit) => Promise<void>): void
}

/** What a unit knows of itself at its end. */
export interface Done {
  readonly now: Temporal.Instant
  /**
   * The one person whom it is about: who it said it concerns, else the first whom an event names, else the first whom an
   * audit line has changed. Others may be affected, like who moves up from a waiting list: no answer contains them.
   */
  readonly customerId: number | undefined
}

/** Runs one more unit of work for the same tenant, by its own transaction. */
export type RunUnit = <T>(work: (unit: UnitOfWork) => Promise<T>) => Promise<T>

/** Thrown inside a unit or a read: undo it, run `first` in units of its own, then begin again. */
export class StartOver extends Error {
  readonly first: (run: RunUnit) => Promise<void>

  constructor(first: (run: RunUnit) => Promise<void>) {
    super('The unit begins again.')
    this.first = first
  }
}

/** What an API operation has besides: what its caller asked for with headers, and headers of its answer. */
interface Exchange {
  readonly print: Printer
  setHeader(name: string, value: string): void
  /** Whether the caller asked for what the header of the operation gives besides. */
  asks(wish: WishHeader): boolean
  /** Not so where what is read is only compared with what the caller has seen before (`If-Match`). */
  readonly isShown: boolean
}

export interface ApiView<C extends ApiCaller> extends View<C>, Exchange {}

export interface ApiWork<C extends ApiCaller> extends UnitOfWork<C>, Exchange {}

/** A read on behalf of a studio, by whomever. */
export type StudioView = View<StudioCaller>

/** A unit of work on behalf of a studio, by whomever. */
export type StudioWork = UnitOfWork<StudioCaller>

export type PartnerView = ApiView<PartnerCaller>

export type PartnerWork = ApiWork<PartnerCaller>
