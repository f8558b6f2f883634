import pg from 'pg'

/** A statement as the application sent it, and what came back. */
export interface SentStatement {
  /** Undefined for one that is not prepared. */
  readonly name: string | undefined
  readonly text: string
  readonly values: readonly unknown[]
  readonly rows: readonly unknown[]
}

export interface StatementWatch {
  /** What every connection opened from now on sends in place of a statement. */
  rewrite: (text: string) => string
  onResult: (statement: SentStatement) => void
}

type Query = { readonly name?: string; readonly text: string; readonly values?: readonly unknown[] }

/**
 * Puts itself between the application and the driver of this process. The product has no such hook: nothing in it may
 * read or change what is sent. To be called before the application opens its connections, and once.
 */
export function watchStatements(): StatementWatch {
  const watch: StatementWatch = { rewrite: (text) => text, onResult: () => {} }
  const send = pg.Client.prototype.query as unknown as (...args: unknown[]) => unknown
  pg.Client.prototype.query = function (this: pg.Client, ...args: unknown[]) {
    const [query, params] = args
    if (typeof query !== 'object' || query === null || !('text' in query)) return send.apply(this, args)
    const { name, text, values } = query as Query
    const sent = { ...query, text: watch.rewrite(text) }
    const result = send.call(this, sent, ...args.slice(1))
    if (!(result instanceof Promise)) return result
    return result.then((answer: pg.QueryResult) => {
      const given = (params as unknown[]) ?? values ?? []
      watch.onResult({ name, text: sent.text, values: given, rows: answer.rows ?? [] })
      return answer
    })
  } as typeof pg.Client.prototype.query
  return watch
}

const column = String.raw`(?:"?\w+"?\.)?"?(?:home_)?(?:tenant|studio)_id"?`
const operand = String.raw`(?:=\s*\$\d+|=\s*any\s*\(\s*\$\d+[^)]*\)|in\s*\(\$\d+(?:,\s*\$\d+)*\))`
const among = String.raw`\$\d+\s*=\s*any\s*\([^()]*studio_ids"?\)`
const filter = new RegExp(`${column}\\s*${operand}|${among}`, 'gi')

/** The statement with every condition on a given tenant or studio made always true; what is written stays. */
export function withoutFilters(text: string): string {
  const verb = /^\s*(\w+)/.exec(text)?.[1]?.toLowerCase()
  if (verb === 'insert') return text
  const from = verb === 'update' ? text.toLowerCase().indexOf(' where ') : 0
  if (from < 0) return text
  return text.slice(0, from) + text.slice(from).replaceAll(filter, '($& or true)')
}
