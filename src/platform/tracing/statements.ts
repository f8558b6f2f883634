import { sqlState } from '../database/database.ts'
import { defined } from '../values/defined.ts'
import type { SpanEnd } from './tracing.ts'

interface Statement {
  readonly text: string
  /** Under which the server keeps its plan. */
  readonly name?: string
}

/** What a span records of a statement that is handed to the driver: its text with placeholders, never their values. */
export function readStatement(query: unknown) {
  const { text, name }: Statement = typeof query === 'string' ? { text: query } : (query as Statement)
  const verb = (/\w+/.exec(text)?.[0] ?? 'statement').toUpperCase()
  return {
    name: name ?? verb,
    attributes: {
      'db.system.name': 'postgresql',
      'db.operation.name': verb,
      'db.query.text': text,
      ...defined({ 'palestra.statement.name': name }),
    },
  }
}

/** How a statement or a whole job failed, without the message, which quotes values of rows. */
export function readFailure(error: unknown): SpanEnd {
  const state = sqlState(error)
  return {
    error: state ?? (error instanceof Error ? error.name : 'unknown'),
    attributes: { 'db.response.status_code': state },
  }
}
