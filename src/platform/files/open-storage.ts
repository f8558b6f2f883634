import type { Config } from '../config.ts'
import type { Database } from '../database.ts'
import { DatabaseStorage } from './database-storage.ts'
import { FolderStorage } from './folder-storage.ts'
import type { FileStorage } from './storage.ts'

/** The storage that the operator chose. */
export function openStorage(config: Config, database: Database): FileStorage {
  return config.storage === 'fs' ? new FolderStorage(config.dataDir) : new DatabaseStorage(database)
}
