import { globSync, readFileSync } from 'node:fs'
import { join, sep } from 'node:path'
import { moduleOrder } from './check-modules.ts'

/** They put the modules together, so they may name the tables of all. */
const outside = ['cli', 'demo']
const comments = /\/\*[\s\S]*?\*\/|(?<=^|\s)(?:\/\/|--\s).*$/gm
/** A string that no statement begins in is prose, in which the word `from` means nothing. */
const prose =
  /'(?!(?:\\.|[^'\\\n])*\b(?:select|insert into|update \w+ set|delete from|truncate|alter|create)\b)(?:\\.|[^'\\\n])*'/gi
/** Where SQL names a table; in a list after FROM the commas count too. */
const named =
  /\b(?:from|join|into|update|using|table|references|on)\s+((?:only\s+)?"?[a-z_]+"?(?:\s+(?:as\s+)?[a-z]\w*)?(?:\s*,\s*"?[a-z_]+"?)*)/gi

const findModule = (file: string) => file.split(sep)[1] ?? ''

/** Which module owns which table, from the files that declare them. */
export function tableOwners(root: string): Map<string, string> {
  const owners = new Map<string, string>()
  for (const file of globSync('src/**/*{tables,table}.ts', { cwd: root })) {
    if (findModule(file) === 'platform' && file.endsWith('tenant-table.ts')) continue
    for (const [, table = ''] of readFileSync(join(root, file), 'utf8').matchAll(/[tT]able\(\s*'([a-z_]+)'/g)) {
      owners.set(table, findModule(file))
    }
  }
  return owners
}

/** The tables that a piece of SQL reads, writes, refers to or hangs a trigger on. */
function tablesIn(text: string, owners: ReadonlyMap<string, string>): Set<string> {
  const words = [...text.matchAll(named)].flatMap(([, list = '']) => list.match(/[a-z_]+/g) ?? [])
  return new Set(words.filter((word) => owners.has(word)))
}

/**
 * SQL in code and in src/<module>/sql may name the tables of its own module and of those before it. An exception gives its
 * reason in a comment of the file: `reads <table>: why`.
 */
export function checkSqlTables(root: string): string[] {
  const owners = tableOwners(root)
  const rank = (module: string) => moduleOrder.indexOf(module)
  const files = globSync(['src/*/**/*.ts', 'src/*/sql/*.sql'], { cwd: root }).filter(
    (file) => !file.endsWith('.test.ts'),
  )
  return files.sort().flatMap((file) => {
    const own = findModule(file)
    if (outside.includes(own) || rank(own) < 0) return []
    const text = readFileSync(join(root, file), 'utf8')
    const code = text.replace(comments, '')
    const sql = file.endsWith('.sql') ? code : code.replace(prose, '')
    const excused = (table: string) => new RegExp(`(?://|--) (?:reads|writes) ${table}: \\S`).test(text)
    return [...tablesIn(sql, owners)]
      .filter((table) => rank(owners.get(table) ?? '') > rank(own) && !excused(table))
      .map(
        (table) =>
          `${file}: ${table} belongs to ${owners.get(table)}, which comes after ${own}: move the part there, or say why here`,
      )
  })
}
