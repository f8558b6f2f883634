import { readFileSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { BundledPostgresError, errorCode } from './failure.ts'

/** Whom the server runs as when we are root: PostgreSQL refuses to run as root itself. */
export interface ServerUser {
  readonly uid: number
  readonly gid: number
}

/**
 * The user for the server, or undefined when we are not root and the server simply runs as ourselves. In order: who
 * owns the existing database, who owns the folder or the one around it (so `sudo npm start` in a user's home
 * leaves that person's data theirs), `palestra`, `nobody`. The first who can enter the folder is taken.
 */
export function chooseServerUser(dataDir: string, clusterDir: string): ServerUser | undefined {
  if (process.getuid?.() !== 0) return undefined
  const existing = findOwner(clusterDir)
  if (existing && existing.uid !== 0) return existing
  const accounts = readAccounts()
  const wanted = [findOwner(dataDir)?.uid, findOwner(dirname(dataDir))?.uid, 'palestra', 'nobody']
  const users = wanted.flatMap(
    (want) => accounts.find((account) => account.uid !== 0 && (account.name === want || account.uid === want)) ?? [],
  )
  const user = users.find((candidate) => mayEnter(dataDir, candidate)) ?? users.at(-1)
  if (!user) {
    throw new BundledPostgresError(
      'PostgreSQL does not run as root and /etc/passwd has no user "nobody": start as another user, or set PALESTRA_DATABASE_URL',
    )
  }
  return { uid: user.uid, gid: user.gid }
}

/** Whether the permission bits of the folder and of all folders around it let the user in. */
export function mayEnter(folder: string, user: ServerUser): boolean {
  for (let at = folder; ; at = dirname(at)) {
    if (!mayUse(at, user, 1)) return false
    if (at === dirname(at)) return true
  }
}

/** Whether the permission bits of one file or folder allow `bits` (4 read, 2 write, 1 enter or execute) to the user. */
export function mayUse(path: string, user: ServerUser, bits: number): boolean {
  const { uid, gid, mode } = statSync(path)
  const shift = (uid | 0) === user.uid ? 6 : (gid | 0) === user.gid ? 3 : 0
  return ((mode >> shift) & bits) === bits
}

function findOwner(path: string): ServerUser | undefined {
  try {
    const { uid, gid } = statSync(path)
    return { uid: uid | 0, gid: gid | 0 }
  } catch (thrown) {
    if (errorCode(thrown) === 'ENOENT') return undefined
    throw thrown
  }
}

/** initdb wants a user with a name, therefore only accounts of /etc/passwd count. `| 0`: macOS writes nobody as -2. */
function readAccounts(): readonly (ServerUser & { readonly name: string })[] {
  return readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    .filter((fields) => fields.length >= 4)
    .map(([name = '', , uid, gid]) => ({ name, uid: Number(uid) | 0, gid: Number(gid) | 0 }))
}
