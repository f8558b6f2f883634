import { constants, existsSync } from 'node:fs'
import { cp, mkdir, open, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { hasCluster } from './cluster.ts'
import { withClient } from './connection.ts'
import { errorCode } from './failure.ts'

/** A slot keeps the log of changes that are made while the folder is copied; it goes with the connection. */
const SLOT = 'palestra_backup'
/** Contents of these folders mean something to the running server only. */
const emptied = /^(?:pg_wal|pg_replslot|pg_stat_tmp|pg_dynshmem|pg_notify|pg_serial|pg_snapshots|pg_subtrans)[\\/]/
const ofTheServer = /^(?:postmaster\.(?:pid|opts)|\.s\.PGSQL.*|backup_label.*)$|(?:^|[\\/])pgsql_tmp/
const segment = /^[0-9A-F]{24}$|\.history$/
/** Files of dropped tables go while the folder is copied; that happens now and then, not ten times in a row. */
const MOST_ATTEMPTS = 10
/** Of the data folder: what belongs to the running server, and drafts of a database that is being made. */
const ofTheProcess = /^postgres(?:\.(?:lock|port|log.*|init\..*))?$/

/** What is there would be overwritten, or is no backup. */
export class BackupRefusal extends Error {
  override readonly name = 'BackupRefusal'
}

/**
 * Copies the data folder while the server of this `url` (as superuser) goes on working. The copy is a data folder: started,
 * it recovers to the moment at which the database had been copied. Files come after the database, so the copy has the bytes
 * of every row. Nothing is at `target` until all of it is there.
 */
export async function backUp(url: string, dataDir: string, target: string): Promise<void> {
  const draft = await beginFolder(target)
  try {
    await copyCluster(url, join(dataDir, 'postgres'), join(draft, 'postgres'))
    for (const name of await readdir(dataDir)) {
      if (!ofTheProcess.test(name)) await copyTree(join(dataDir, name), join(draft, name))
    }
    await syncTree(draft)
    await rename(draft, target)
  } catch (thrown) {
    await rm(draft, { recursive: true, force: true })
    throw thrown
  }
}

/** Puts a backup where a data folder belongs. A folder with a database in it is left alone. */
export async function restore(backup: string, dataDir: string): Promise<void> {
  if (!hasCluster(backup)) throw new BackupRefusal(`${backup} is no backup: it holds no database`)
  if (existsSync(dataDir) && (await readdir(dataDir)).length > 0) {
    throw new BackupRefusal(`${dataDir} is not empty: move it away, or restore to another PALESTRA_DATA_DIR`)
  }
  await rm(dataDir, { recursive: true, force: true })
  const draft = await beginFolder(dataDir)
  try {
    await copyTree(backup, draft)
    await syncTree(draft)
    await rename(draft, dataDir)
  } catch (thrown) {
    await rm(draft, { recursive: true, force: true })
    throw thrown
  }
}

async function beginFolder(target: string): Promise<string> {
  if (existsSync(target)) throw new BackupRefusal(`${target} is there already: name a folder that is not`)
  const draft = join(dirname(target), `.${basename(target)}.${process.pid}.draft`)
  await rm(draft, { recursive: true, force: true })
  await mkdir(draft, { recursive: true, mode: 0o700 })
  return draft
}

async function copyCluster(url: string, cluster: string, target: string): Promise<void> {
  await withClient(url, async (client) => {
    await client.query('select pg_create_physical_replication_slot($1, true, true)', [SLOT])
    await client.query(`select pg_backup_start('palestra backup', true)`)
    await copyTree(cluster, target, (path) => emptied.test(path) || ofTheServer.test(path))
    const { rows } = await client.query('select labelfile from pg_backup_stop(false)')
    await writeFile(join(target, 'backup_label'), rows[0].labelfile, { mode: 0o600 })
    await copyTree(join(cluster, 'pg_wal'), join(target, 'pg_wal'), (path) => path !== '' && !segment.test(path))
  })
}

/** Copies a folder or file; `isLeftOut` gets paths below it. What the server deletes meanwhile is not missed. */
async function copyTree(from: string, to: string, isLeftOut: (path: string) => boolean = () => false): Promise<void> {
  const filter = (source: string) => !isLeftOut(source.slice(from.length + 1))
  for (let attempt = 1; ; attempt += 1) {
    try {
      await cp(from, to, { recursive: true, filter, mode: constants.COPYFILE_FICLONE, preserveTimestamps: true })
      return
    } catch (thrown) {
      // A table's file that was dropped between the listing and its copy: the log of changes says so too.
      if (errorCode(thrown) !== 'ENOENT' || !existsSync(from) || attempt === MOST_ATTEMPTS) throw thrown
    }
  }
}

/** A power cut after the backup must not take it away. */
async function syncTree(folder: string): Promise<void> {
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const handle = await open(join(entry.parentPath, entry.name), 'r')
    try {
      await handle.sync()
    } finally {
      await handle.close()
    }
  }
}
