import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join, normalize } from 'node:path'
import { moduleOrder } from './check-modules.ts'

/** Code in a page that names nothing of ours, with the reason why it may stand there. */
const allowed: ReadonlyMap<string, string> = new Map([
  ['./data', 'the data folder, which the first start creates'],
  ['postgres/', 'inside the data folder'],
  ['postgres.init.*/', 'inside the data folder'],
  ['data.json', 'inside an export of a person'],
  ['pg_dump -Fc', 'a program of PostgreSQL'],
  ['access_log off', 'a setting of nginx'],
  ['…_CERTIFICATE', 'a setting of OpenTelemetry, which its packages read'],
  ['…_COMPRESSION', 'a setting of OpenTelemetry, which its packages read'],
  ['pal_in_demoBerlinRfc333900000000000000000000000', 'a key of the demo, which the start prints'],
  ['/customers/0', 'a path that is not found, on purpose'],
  ['W/', 'the mark of a weak entity tag'],
  ['waitingList', 'a word of the glossary, compared with the API by a test of its own'],
  ['appointmentSlot', 'a word of the glossary, compared with the API by a test of its own'],
  ['minimum_age_years', 'the column of the worked change, which nobody has made'],
  ['minimumAgeYears', 'the field of the worked change, which nobody has made'],
])

const pages = ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'docs/**/*.md', 'src/**/README.md']
const sources = [
  '{src,test,scripts,bench}/**/*.{ts,js}',
  'bin/*.mjs',
  'migrations/*.sql',
  '*.json',
  '*.yaml',
  'Containerfile',
]
/** They quote what they search for. */
const own = /^scripts[\\/]check-docs\.(?:test\.)?ts$/
const extension = /\.(?:ts|mjs|sql|md|json|yaml|svg)$/
/** Folders of the root whose contents a block of a page may list. */
const folders = /(?<![\w./-])(?:src|test|scripts|bench|docs|migrations|bin)\/[\w*./-]*/g

/** What the pages can be held against. */
export interface Tree {
  readonly root: string
  /** Every word that occurs in a source. */
  readonly words: ReadonlySet<string>
  /** The sources one after the other, for paths of the API. */
  readonly text: string
  readonly scripts: ReadonlySet<string>
}

export function readTree(root: string): Tree {
  const files = globSync(sources, { cwd: root }).filter((file) => !own.test(file))
  const text = files.map((file) => readFileSync(join(root, file), 'utf8')).join('\n')
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: object }
  return { root, words: new Set(text.match(/[\w$]+/g)), text, scripts: new Set(Object.keys(manifest.scripts)) }
}

const isPath = (code: string) => /^[\w@*<>….-][\w@*<>…./-]*$/.test(code) && (code.includes('/') || extension.test(code))
const isIdentifier = (word: string) => /[a-z\d][A-Z]|\w_|^[A-Z][a-z]+[A-Z]/.test(word)

/** A page may leave a part of a name open: `<thing>`, `…` and `*` stand for anything. */
const openParts = (code: string) => code.replaceAll(/<[^>]*>|…/g, '*')

function hasFile({ root }: Tree, page: string, path: string): boolean {
  const beside = dirname(page)
  const bases = ['.', 'src', beside]
  if (!path.includes('*') && bases.some((base) => existsSync(join(root, base, path)))) return true
  // A bare file name may lie deeper: in a room of the module that the page is about, or in any module.
  const deep = path.includes('/') ? [] : [join(beside.startsWith('src') ? beside : 'src', '**', path)]
  const patterns = [...bases.map((base) => join(base, path)), ...deep].map(normalize)
  return globSync(patterns, { cwd: root }).length > 0
}

/** Settings are read by what follows their common beginning. */
const prefix = 'PALESTRA_'

/** A word of a source; where the page left an end of it open, a word with that beginning or that end. */
function hasWord({ words }: Tree, word: string): boolean {
  if (!word.includes('*')) return words.has(word) || (word.startsWith(prefix) && words.has(word.slice(prefix.length)))
  const [head = '', tail = ''] = word.split('*')
  return [...words].some((each) => each.startsWith(head) && each.endsWith(tail))
}

/** What is wrong with one piece of code in the text of a page, or nothing. */
function judgeCode(tree: Tree, page: string, code: string): string | undefined {
  if (allowed.has(code)) return undefined
  const [, script] = /^npm run ([\w:-]+)/.exec(code) ?? []
  if (script !== undefined && !tree.scripts.has(script)) return `there is no npm script ${script}`
  if (script !== undefined || /^(?:palestra|docker|npm) /.test(code)) return undefined
  if (code.startsWith('/')) {
    const piece = code.split(/[<…?#{\s]/)[0] ?? ''
    return tree.text.includes(piece) ? undefined : `no source has the path ${code}`
  }
  // A package.
  if (code.startsWith('@') && tree.text.includes(code.split('<')[0] ?? '')) return undefined
  if (isPath(code) && !hasWord(tree, code)) {
    const path = openParts(code)
    return hasFile(tree, page, path) ? undefined : `there is no file ${code}`
  }
  const words = openParts(code).match(/[\w$*]+/g) ?? []
  const asked = words.filter((word) => isIdentifier(word) || words.length === 1)
  const missing = asked.find((word) => !allowed.has(word) && !hasWord(tree, word))
  return missing === undefined ? undefined : `no source has the word ${missing}`
}

/** What a page says that is not so, one complaint an entry with its line. */
export function judgePage(tree: Tree, page: string, text: string): string[] {
  const complaints: string[] = []
  let inBlock = false
  for (const [at, line] of text.split('\n').entries()) {
    const complain = (complaint: string | undefined) => {
      if (complaint !== undefined) complaints.push(`${page}:${at + 1}: ${complaint}`)
    }
    if (line.startsWith('```')) inBlock = !inBlock
    else if (inBlock) for (const [path] of line.matchAll(folders)) complain(judgeCode(tree, page, path))
    else {
      for (const [, code = ''] of line.matchAll(/`([^`]+)`/g)) complain(judgeCode(tree, page, code))
      for (const [, link = ''] of line.matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)) {
        if (!existsSync(join(tree.root, dirname(page), link))) complain(`the link ${link} leads nowhere`)
      }
    }
  }
  return complaints
}

const platformPage = 'src/platform/README.md'
/** Pages that list the modules, each by a link to its own page. */
const moduleLists: readonly string[] = ['README.md', 'docs/architecture.md']

/** The first module that a page leaves out, repeats or puts in another position than the register, or nothing. */
export function judgeModuleList(page: string, text: string): string[] {
  const order = moduleOrder.filter((module) => module !== 'platform')
  const links = [...text.matchAll(/\]\((?:\.\.\/)?src\/([\w-]+)\/README\.md\)/g)].map(([, folder = '']) => folder)
  const listed = links.filter((folder) => order.includes(folder))
  const at = order.findIndex((module, position) => listed[position] !== module)
  if (at >= 0) return [`${page}: lists ${listed[at] ?? 'no module'} where src/modules.ts has ${order[at]}`]
  return listed.length > order.length ? [`${page}: lists ${listed[order.length]} twice`] : []
}

/** The folders of the platform without a line on its page. */
export function judgePlatformPage(root: string, text: string): string[] {
  const folders = globSync('src/platform/*/', { cwd: root }).map((folder) => basename(folder))
  const missing = folders.filter((folder) => !text.includes(`\n| \`${folder}/\` |`)).sort()
  return missing.map((folder) => `${platformPage}: has no line for ${folder}/`)
}

/** What the page of a module has no line for: files of the usual kinds, which the page of the architecture explains. */
const usual =
  /(?:^|-)(?:index|api|routes|tables?|events|hooks|jobs|store|schemas?|facts|refusals|person-part)\.ts$|^present|\.test\.ts$/
const LONGEST_LINE = 140

/** Folders and files of a module that its own page leaves out, of those with a name of their own. */
export function judgeModulePage(page: string, text: string, entries: readonly string[]): string[] {
  const codes = [...text.matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code)
  const isNamed = (entry: string) => codes.some((code) => code === entry || code === `${entry}/`)
  const named = entries.filter((entry) => entry !== 'sql' && entry !== 'README.md' && !usual.test(entry))
  return named.filter((entry) => !isNamed(entry)).map((entry) => `${page}: has no line for ${entry}`)
}

/** Lines that are too long to be read where they stand. */
export function longLines(page: string, text: string): string[] {
  return text
    .split('\n')
    .flatMap((line, at) =>
      line.length > LONGEST_LINE ? [`${page}:${at + 1}: ${line.length} characters, ${LONGEST_LINE} at most`] : [],
    )
}

/** Every path, script, setting and identifier that a page names exists, and the lists of folders are whole and in order. */
export function checkDocs(root: string): string[] {
  const tree = readTree(root)
  const files = globSync(pages, { cwd: root }).sort()
  const read = (page: string) => readFileSync(join(root, page), 'utf8')
  return [
    ...files.flatMap((page) => judgePage(tree, page, read(page))),
    ...moduleLists.flatMap((page) => judgeModuleList(page, read(page))),
    ...judgePlatformPage(root, read(platformPage)),
    ...files.filter((page) => page.startsWith('src')).flatMap((page) => longLines(page, read(page))),
    ...[...moduleOrder.filter((module) => module !== 'platform'), 'cli', 'demo'].flatMap((module) => {
      const folder = join('src', module)
      const page = join(folder, 'README.md')
      return judgeModulePage(page, read(page), readdirSync(join(root, folder)).sort())
    }),
  ]
}
