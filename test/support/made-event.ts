import type { DomainEvent, EventAbout, EventType } from '../../src/platform/units/events.ts'

/** An event of any type, for tests of what carries events. The product makes its events by their declarations. */
export function makeEvent(
  type: EventType,
  about: EventAbout & { readonly content?: Readonly<Record<string, unknown>> },
): DomainEvent {
  return { type, ...about } as DomainEvent
}
