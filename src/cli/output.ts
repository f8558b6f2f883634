type Row = Readonly<Record<string, unknown>>

/** The result of a command on stdout: one JSON document with `--json`, else lines for people. */
export function printResult(result: unknown, asJson: boolean) {
  if (result === undefined) return
  console.log(asJson ? JSON.stringify(result, plainValue, 2) : formatForPeople(result))
}

/** A list becomes a table, an object a line per field, anything else itself. */
export function formatForPeople(result: unknown): string {
  if (Array.isArray(result)) return result.length === 0 ? '(none)' : formatTable(result as readonly Row[])
  if (typeof result !== 'object' || result === null) return String(result)
  const entries = Object.entries(result as Row).filter(([, value]) => value !== undefined && value !== null)
  const width = Math.max(0, ...entries.map(([name]) => name.length))
  return entries.map(([name, value]) => `${name.padEnd(width)}  ${formatValue(value)}`).join('\n')
}

function formatTable(rows: readonly Row[]): string {
  if (typeof rows[0] !== 'object') return rows.map(String).join('\n')
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  const lines = [names, ...rows.map((row) => names.map((name) => formatValue(row[name])))]
  const widths = names.map((_, at) => Math.max(...lines.map((line) => line[at]?.length ?? 0)))
  return lines
    .map((line) =>
      line
        .map((cell, at) => cell.padEnd(widths[at] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

function formatValue(value: unknown): string {
  if (value === undefined || value === null) return ''
  if (Array.isArray(value) && value.every((each) => typeof each !== 'object')) return value.join(',')
  if (typeof value === 'string') return value
  // Instants and dates are written as text; in quotes they would be the only ones.
  const text = JSON.stringify(value, plainValue)
  return text.startsWith('"') ? text.slice(1, -1) : text
}

/** JSON knows neither large integers nor bytes. */
function plainValue(_: string, value: unknown): unknown {
  if (typeof value === 'bigint') return Number(value)
  return value
}
