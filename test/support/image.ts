import { cp, glob, mkdir, mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'

const root = join(import.meta.dirname, '..', '..')

/** What the container image holds, laid out in a folder without a container engine. */
export interface Image {
  readonly folder: string
  /** What a container runs, without `node` itself. */
  readonly args: string[]
  remove(): Promise<void>
}

interface LockedPackage {
  readonly dev?: true
  readonly optional?: true
  readonly devOptional?: true
}

/** Follows the `Containerfile`: its `COPY` of the project, and its packages without what it leaves out and removes. */
export async function layOutImage(): Promise<Image> {
  const text = (await readFile(join(root, 'Containerfile'), 'utf8')).replaceAll('\\\n', '')
  const [, last = ''] = text.split('COPY --from=packages /app/node_modules ./node_modules')
  const folder = await mkdtemp(join(tmpdir(), 'palestra-image-'))
  await copyPackages(text, folder)
  for (const [, words = ''] of last.matchAll(/^COPY (.+)$/gm)) await copyInto(folder, words.split(' '))
  const [, command = '[]'] = /^CMD (\[.+\])$/m.exec(last) ?? []
  const [, ...args] = JSON.parse(command) as string[]
  return { folder, args, remove: () => rm(folder, { recursive: true }) }
}

async function copyPackages(text: string, folder: string) {
  const lock = JSON.parse(await readFile(join(root, 'package-lock.json'), 'utf8'))
  const omits = (kind: string) => text.includes(`--omit=${kind}`)
  for (const [path, { dev, optional, devOptional }] of Object.entries<LockedPackage>(lock.packages)) {
    if (path === '' || path.lastIndexOf('node_modules') > 0) continue
    if ((dev && omits('dev')) || (optional && omits('optional'))) continue
    if (devOptional && omits('dev') && omits('optional')) continue
    await mkdir(join(folder, dirname(path)), { recursive: true })
    // A package for another platform is locked, but not here.
    await cp(join(root, path), join(folder, path), { recursive: true }).catch(ignoreMissing)
  }
  const [, removed = ''] = /\brm -r (.+)$/m.exec(text) ?? []
  for (const pattern of removed.split(' ')) {
    for await (const path of glob(pattern, { cwd: folder })) await rm(join(folder, path), { recursive: true })
  }
}

async function copyInto(folder: string, words: readonly string[]) {
  const target = join(folder, words.at(-1) ?? '')
  for (const pattern of words.slice(0, -1)) {
    for await (const path of glob(pattern, { cwd: root })) {
      const source = join(root, path)
      const isFolder = (await stat(source)).isDirectory()
      await cp(source, isFolder ? target : join(target, basename(path)), { recursive: true })
    }
  }
}

function ignoreMissing(error: NodeJS.ErrnoException) {
  if (error.code !== 'ENOENT') throw error
}
