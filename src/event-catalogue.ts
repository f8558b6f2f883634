import { modules } from './modules.ts'
import type { PublishedEvent } from './platform/api/openapi-webhooks.ts'
import { type EventDeclaration, type EventType, optInEventTypes } from './platform/units/events.ts'
import { formatBody } from './webhooks/envelope.ts'

/** What can be said of every declaration, whatever its content. */
export type DeclaredEvent = Pick<EventDeclaration, 'type'> & {
  readonly facts: EventDeclaration<Record<string, unknown>>['facts']
}

/** Every type of events that Palestra sends, in the order of the modules. */
export const declaredEvents: readonly DeclaredEvent[] = modules.flatMap(({ events = [] }) => events.flatMap(declaredIn))

// An events.ts exports its own constructors beside the declarations.
function declaredIn(file: object): readonly DeclaredEvent[] {
  return Object.values(file).filter((value) => typeof value === 'function' && 'facts' in value)
}

const sample = {
  id: 1_000_001_204,
  uuid: '0197747e-2f80-7d61-9c1a-3b0e5a2f4c11',
  entityId: 1_000_000_911,
  occurredAtMs: Temporal.Instant.from('2026-06-15T16:00:00Z').epochMilliseconds,
}

/** What the documents say of every type, each with a whole body as an example. */
export const publishedEvents: readonly PublishedEvent[] = declaredEvents.map(({ type, facts }) => {
  const { when, entity, content = {} } = facts
  const examples = Object.fromEntries(Object.entries(content).map(([name, { example }]) => [name, example]))
  const body = formatBody({ ...sample, type, content: Object.keys(content).length === 0 ? null : examples })
  return { type, when, entity, content, isOptIn: isOptIn(type), example: JSON.parse(body) }
})

function isOptIn(type: EventType): boolean {
  return optInEventTypes.some((each) => each === type)
}
