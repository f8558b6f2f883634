import type { closureReasons, closureTypes } from '../runs/run-words.ts'

/** How a case ends. */
export interface Closure {
  readonly type: (typeof closureTypes)[number]
  readonly reason: (typeof closureReasons)[number] | null
  readonly text: string | null
  readonly date: Temporal.PlainDate
  readonly options: readonly { readonly key: string; readonly value: string }[]
  readonly by: 'AGENCY' | 'STAFF'
}
