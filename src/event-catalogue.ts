import { modules } from './modules.ts'
import type { EventDeclaration } from './platform/units/events.ts'

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
