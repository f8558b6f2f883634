import { globSync, readFileSync } from 'node:fs'
import { basename, dirname, join, normalize, sep } from 'node:path'

/** The folders under src/ in dependency order, as the register lists them: a module imports only modules before it. */
export const moduleOrder: readonly string[] = readOrder(
  readFileSync(join(import.meta.dirname, '../src/modules.ts'), 'utf8'),
)

/** The names of the register: `customerFilesModule` stands for `customer-files`; the platform comes before all. */
export function readOrder(register: string): string[] {
  const [, list = ''] = /const modules[^=]*= \[([^\]]*)\]/.exec(register) ?? []
  const names = [...list.matchAll(/(\w+)Module\b/g)].map(([, name = '']) => name)
  return ['platform', ...names.map((name) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`))]
}

/** Beside the modules: they put the whole together, so they may reach everywhere and no module may import them. */
const outside = ['cli', 'demo']
/** The files of another module that may be imported. The platform has no gym word in it and is open. */
const doors = /^(?:index|api|(?:.+-)?tables?)\.ts$/
const tableReaders = /^(?:.+-)?(?:store|tables?)\.ts$/
/** Decisions, the facts that they are made from, and the state that time alone brings about: pure, so open to each other. */
const rules = /-(?:rules|facts|state)\.ts$/
/** Own files that read the clock or the database without importing anything that shows it. */
const impure = /^(?:clock|(?:.+-)?store|(?:.+-)?tables?)\.ts$/

const importPattern = /^(?:import|export)\s([^'"]*?)from\s+'([^']+)'|^import\s+'([^']+)'|\bimport\(\s*'([^']+)'\s*\)/gm

interface Import {
  readonly clause: string
  readonly target: string
  readonly typeOnly: boolean
}

const findModule = (file: string) => file.split(sep)[1] ?? ''
const rank = (module: string) => moduleOrder.indexOf(module)
const isRootFile = (file: string) => file.split(sep).length === 2

function readImports(file: string, text: string): Import[] {
  return [...text.matchAll(importPattern)].map(([, clause = '', from, bare, dynamic]) => {
    const name = from ?? bare ?? dynamic ?? ''
    const target = name.startsWith('.') ? normalize(join(dirname(file), name)) : name
    return { clause, target, typeOnly: /^type\s/.test(clause) }
  })
}

/** What is wrong with one import of a module's file, or nothing. */
function judgeImport(file: string, { target, typeOnly }: Import): string | undefined {
  const [own, other] = [findModule(file), findModule(target)]
  if (target === join('src', 'main.ts')) return 'nobody imports main.ts'
  if (!target.startsWith(`src${sep}`)) {
    return /^(?:test|bench|scripts)\b/.test(target) ? 'the product does not import its tests and tools' : undefined
  }
  if (target === join('src', 'module.ts')) return typeOnly ? undefined : 'module.ts holds types only'
  if (isRootFile(target) || outside.includes(other)) return 'a module does not import what puts the modules together'
  if (rank(other) > rank(own)) return `${other} comes after ${own}: declare a hook here, or move the concept down`
  if (own === other || other === 'platform' || (rules.test(file) && rules.test(target))) return undefined
  if (!doors.test(basename(target))) return `the doors of ${other} are index.ts, api.ts and tables.ts`
  if (target.endsWith('tables.ts') && !tableReaders.test(basename(file))) {
    return `only a store or a foreign key looks at the tables of ${other}`
  }
  return undefined
}

type Files = ReadonlyMap<string, string>

/** The first thing outside the values of our own code that a file reaches through its imports: rules reach nothing. */
function findReach(file: string, files: Files, seen: Set<string> = new Set()): string | undefined {
  for (const { target, typeOnly } of readImports(file, files.get(file) ?? '')) {
    if (typeOnly || seen.has(target)) continue
    seen.add(target)
    if (!target.startsWith(`src${sep}`) || impure.test(basename(target))) return target
    const further = findReach(target, files, seen)
    if (further !== undefined) return `${further} (through ${target})`
  }
  return undefined
}

/**
 * Tables of other modules that this file writes, by imported name or by the table's name in plain SQL. An exception
 * gives its reason in a comment: `writes <table>: why`.
 */
function foreignWrites(file: string, text: string, owners: ReadonlyMap<string, string>): string[] {
  const own = findModule(file)
  const imported = readImports(file, text)
    .filter(({ target }) => target.endsWith('tables.ts') && findModule(target) !== own)
    .flatMap(({ clause }) => clause.replace(/[{}]/g, '').split(','))
    .map(
      (name) =>
        name
          .trim()
          .split(/\s+as\s+/)
          .at(-1) ?? '',
    )
    .filter((name) => name !== '')
  const built = imported.filter((name) => new RegExp(`\\.(?:insert|update|delete)\\(\\s*${name}\\s*\\)`).test(text))
  const plain = [...text.matchAll(/\b(?:insert\s+into|update|delete\s+from|merge\s+into)\s+"?([a-z_]+)"?/gi)]
    .map(([, table = '']) => table)
    .filter((table) => owners.has(table) && owners.get(table) !== own)
  const excused = (table: string) => new RegExp(`// writes ${table}: \\S`).test(text)
  const found = [...new Set([...built, ...plain])].filter((table) => !excused(table))
  return found.map((table) => `${table} is written only by its own module`)
}

function tableOwners(files: Files): Map<string, string> {
  const owners = new Map<string, string>()
  for (const [file, text] of files) {
    if (!file.endsWith('tables.ts')) continue
    for (const [, table = ''] of text.matchAll(/[tT]able\(\s*'([a-z_]+)'/g)) owners.set(table, findModule(file))
  }
  return owners
}

/** Files that import each other in a circle, types included: a reader of one of them has to read all. */
function findCircles(files: Files): string[] {
  const imports = new Map([...files].map(([file, text]) => [file, readImports(file, text).map(({ target }) => target)]))
  const state = new Map<string, 'OPEN' | 'DONE'>()
  const circles: string[] = []
  const visit = (file: string, path: readonly string[]) => {
    if (state.get(file) === 'OPEN') circles.push([...path.slice(path.indexOf(file)), file].join(' → '))
    if (state.has(file)) return
    state.set(file, 'OPEN')
    for (const target of imports.get(file) ?? []) visit(target, [...path, file])
    state.set(file, 'DONE')
  }
  for (const file of files.keys()) visit(file, [])
  return circles
}

/** The order of the modules, their doors, circles, the purity of rules and who writes which table. */
export function checkModules(root: string): string[] {
  const names = globSync('src/**/*.ts', { cwd: root }).filter((file) => !file.endsWith('.test.ts'))
  const files = new Map(names.map((file) => [file, readFileSync(join(root, file), 'utf8')]))
  const owners = tableOwners(files)
  const circles = findCircles(files).map((circle) => `${circle}: these files import each other`)
  const refused = [...files].flatMap(([file, text]) => {
    const module = findModule(file)
    if (isRootFile(file) || outside.includes(module)) {
      return readImports(file, text).some(({ target }) => target === join('src', 'main.ts'))
        ? [`${file}: nobody imports main.ts`]
        : []
    }
    if (rank(module) < 0) return [`${file}: ${module} is not in the register, src/modules.ts`]
    const wrong = readImports(file, text).flatMap((each) => {
      const verdict = judgeImport(file, each)
      return verdict === undefined ? [] : [`${file} → ${each.target}: ${verdict}`]
    })
    const reach = rules.test(file) ? findReach(file, files) : undefined
    if (reach !== undefined) wrong.push(`${file}: rules are pure, and these reach ${reach}`)
    return [...wrong, ...foreignWrites(file, text, owners).map((each) => `${file}: ${each}`)]
  })
  return [...refused, ...circles]
}
