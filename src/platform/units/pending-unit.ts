import type { Ready, Tx } from '../database/database.ts'
import type { Caller } from './caller.ts'
import type { DomainEvent } from './events.ts'
import { recordsParts } from './unit-store.ts'
import type { AuditEntry, Done, Installation, RunUnit, UnitOfWork, View } from './work.ts'
import { readyParts, type WritePart } from './write-parts.ts'

/** What a unit has collected so far: it is written with the commit. */
export interface PendingUnit<C extends Caller> {
  readonly caller: C
  readonly installation: Installation
  readonly now: Temporal.Instant
  readonly events: DomainEvent[]
  readonly entries: AuditEntry[]
  readonly concerned: number[]
  readonly last: WritePart[]
  readonly next: ((run: RunUnit) => Promise<void>)[]
}

export function newUnit<C extends Caller>(view: Omit<View<C>, 'db'>): PendingUnit<C> {
  const { caller, installation, now } = view
  return { caller, installation, now, events: [], entries: [], concerned: [], last: [], next: [] }
}

export function openUnit<C extends Caller>(
  { caller, installation, now, events, entries, concerned, last, next }: PendingUnit<C>,
  tx: Tx,
): UnitOfWork<C> {
  return {
    db: tx,
    tx,
    caller,
    installation,
    now,
    emit: (event) => void events.push(event),
    audit: (entry) => void entries.push(entry),
    concern: (customerId) => void concerned.push(customerId),
    writeLast: (part) => void last.push(part),
    afterCommit: (later) => void next.push(later),
  }
}

export function rehearsable<C extends Caller>(pending: PendingUnit<C>, tx: Tx) {
  const { entries, events, next } = pending
  const finish = async () => void (await lastStatement(pending)?.send(tx))
  return { unit: openUnit(pending, tx), entries, events, next, finish }
}

/** The one statement that a unit sends with its commit; undefined when there is nothing to write. */
export function lastStatement<C extends Caller>(
  pending: PendingUnit<C>,
  answer?: WritePart,
): Ready<unknown> | undefined {
  const last = lastParts(pending, answer)
  return last.length === 0 ? undefined : readyParts(last)
}

/** All that a unit writes with its commit, in this order. */
export function lastParts<C extends Caller>(pending: PendingUnit<C>, answer?: WritePart): readonly WritePart[] {
  return [...pending.last, ...auditAndOutbox(pending), ...(answer ? [answer] : [])]
}

/** A change with an event for partners but without an audit line would be a hole in the record. */
function auditAndOutbox<C extends Caller>({ caller, now, events, entries }: PendingUnit<C>): readonly WritePart[] {
  if (events.length > 0 && entries.length === 0) {
    throw new Error(`${events[0]?.type} was emitted without an audit entry.`)
  }
  return recordsParts({ caller, now }, entries, events)
}

export function doneBy<C extends Caller>({ now, concerned, events, entries }: PendingUnit<C>): Done {
  const announced = events.find((event) => event.customerId !== undefined)?.customerId
  const audited = entries.find((entry) => entry.entityKind === 'customer')?.entityId
  return { now, customerId: concerned[0] ?? announced ?? audited }
}
