/** What is known of jobs once all modules are. */
export interface StudioHooks {
  /** Jobs that run when something is due, by name; they have no hour. */
  readonly dueJobs: readonly string[]
}

let filled: StudioHooks | undefined

/** Called once, by the table of contents of the application. */
export function fillStudioHooks(hooks: StudioHooks) {
  if (filled) throw new Error('The hooks of studios are filled already.')
  filled = hooks
}

export function studioHooks(): StudioHooks {
  if (!filled) throw new Error('The hooks of studios are empty: import src/modules.ts first.')
  return filled
}
