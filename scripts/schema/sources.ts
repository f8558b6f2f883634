import { globSync, readFileSync } from 'node:fs'
import { basename, join, sep } from 'node:path'

/** One statement of a source file, with the comment above it. */
export interface SourceStatement {
  readonly file: string
  readonly text: string
  /** The function, trigger or view that it makes, by name; a grant or a change of owner makes none. */
  readonly makes: { readonly kind: 'function' | 'trigger' | 'view'; readonly name: string } | undefined
}

const piece = /\$(\w*)\$[\s\S]*?\$\1\$|'(?:[^']|'')*'|"[^"]*"|--[^\n]*|;|[^$'"\-;]+|./g
const made = /^create\s+(?:or\s+replace|constraint)\s+(function|trigger|view)\s+"?(\w+)"?/im

/** Cuts SQL at its semicolons; those in strings, bodies of functions and comments belong to what surrounds them. */
export function splitStatements(sql: string): string[] {
  const statements: string[] = []
  let current = ''
  for (const [part] of sql.matchAll(piece)) {
    current += part
    if (part !== ';') continue
    statements.push(current.trim())
    current = ''
  }
  if (current.replace(/--[^\n]*/g, '').trim() !== '') statements.push(current.trim())
  return statements
}

function readSource(root: string, file: string): SourceStatement[] {
  return splitStatements(readFileSync(join(root, file), 'utf8')).map((text) => {
    const [, kind, name] = made.exec(text) ?? []
    const makes = kind && name ? { kind: kind.toLowerCase() as 'function' | 'trigger' | 'view', name } : undefined
    return { file, text, makes }
  })
}

/** All statements of src/<module>/sql, in the order of the files; what a statement needs may still come after it. */
export function readSources(root: string): SourceStatement[] {
  return globSync('src/*/sql/*.sql', { cwd: root })
    .sort()
    .flatMap((file) => readSource(root, file))
}

/** A file is named after what it makes; one that only hangs triggers on tables has the name that they start with. */
export function misnamedSources(statements: readonly SourceStatement[]): string[] {
  const files = Map.groupBy(statements, ({ file }) => file)
  return [...files].flatMap(([file, own]) => {
    const name = basename(file, '.sql')
    const makes = own.flatMap((statement) => statement.makes ?? [])
    const things = makes.filter(({ kind }) => kind !== 'trigger')
    if (things.length > 1) return [`${file.split(sep).join('/')} makes ${things.length} things: one thing a file`]
    const fits = things[0] ? things[0].name === name : makes.some((each) => each.name.startsWith(name))
    return fits ? [] : [`${file.split(sep).join('/')} is not named after what it makes`]
  })
}
