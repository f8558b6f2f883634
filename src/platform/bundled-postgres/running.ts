import { existsSync, readFileSync, realpathSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { answers, chooseAddress } from './connection.ts'
import { BundledPostgresError, errorCode } from './failure.ts'
import { isOwned } from './owner-lock.ts'
import { readPostmaster } from './postmaster-file.ts'
import { chooseServerUser } from './server-user.ts'
import { connectionString } from './settings.ts'

/**
 * Where the server listens that another process runs in this data folder, for a command that works beside it. Undefined
 * when no living process owns the folder: then `startBundledPostgres` may.
 */
export async function findRunningPostgres(dataDir: string): Promise<string | undefined> {
  const wanted = resolve(dataDir)
  if (!existsSync(wanted)) return undefined
  const root = realpathSync(wanted)
  if (!isOwned(join(root, 'postgres.lock'))) return undefined
  const folder = join(root, 'postgres')
  const url = await findUrl(root, folder)
  if (url !== undefined && readPostmaster(folder)?.status === 'ready' && (await answers(url))) return url
  throw new BundledPostgresError(`the database in ${folder} is starting or stopping: try again in a moment`)
}

async function findUrl(root: string, folder: string): Promise<string | undefined> {
  try {
    const password = readFileSync(join(root, 'postgres.password'), 'utf8').trim()
    const user = chooseServerUser(root, folder)
    const address = await chooseAddress({ folder, folderForServer: folder, user, password })
    return connectionString(address, password, 'palestra')
  } catch (thrown) {
    if (errorCode(thrown) === 'ENOENT') return undefined
    if (errorCode(thrown) !== 'EACCES') throw thrown
    throw new BundledPostgresError(`${root} belongs to another user: run this command as that user`)
  }
}
