import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

/** What a process of the runner loads: one test file, or several that share what loading the application costs. */
export interface Group {
  /** The module that the files belong to, like `src/classes`. */
  readonly name: string
  readonly files: readonly string[]
}

/** Files a process takes at most: loading is then a small part of the time, and the last process ends soon. */
const most = 16
/** The others start processes themselves, or take so long that a second file gains nothing. */
const sharing = /^(?:src|scripts|test[\\/](?:api|races))[\\/](?!.*\.long\.test\.ts$)/

const findModule = (file: string) => file.split(/[\\/]/).slice(0, -1).slice(0, 2).join('/')

/** Puts sorted test files into groups: neighbours of the same module, always the same ones however they were asked for. */
export function groupFiles(files: readonly string[]): Group[] {
  const groups: { name: string; files: string[] }[] = []
  for (const file of files) {
    const name = findModule(file)
    const last = groups.at(-1)
    const joins = sharing.test(file) && last?.name === name && last.files.length < most
    if (joins && sharing.test(last.files[0] ?? '')) last.files.push(file)
    else groups.push({ name, files: [file] })
  }
  return groups
}

/**
 * The program of a group. Each file is a suite, so that its hooks are its own and end with it; the files run one after the
 * other. A file that cannot be loaded is a failed test, because the summary counts no suites.
 */
export function writeProgram(root: string, files: readonly string[]): string {
  const suites = files.map((file) => {
    const url = pathToFileURL(join(root, file)).href
    return `load(${JSON.stringify(file)}, () => import(${JSON.stringify(url)}))\n`
  })
  return `import { describe, test } from 'node:test'
const load = (file, load) =>
  describe(file, () => load().catch((error) => test('the file can be loaded', () => Promise.reject(error))))
${suites.join('')}`
}

/** The files for the runner, of which those of groups are written into a folder for the time of `run`. */
export async function withPrograms<T>(
  root: string,
  files: readonly string[],
  run: (programs: readonly string[]) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'palestra-test-groups-'))
  try {
    const programs = groupFiles(files).map(async (group, at) => {
      const [first = ''] = group.files
      if (group.files.length === 1) return first
      // The runner takes files in the order of their names.
      const path = join(folder, `${String(at).padStart(3, '0')}-${group.name.replaceAll('/', '-')}.mjs`)
      await writeFile(path, writeProgram(root, group.files))
      return path
    })
    return await run(await Promise.all(programs))
  } finally {
    await rm(folder, { recursive: true })
  }
}
