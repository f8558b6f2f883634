import type { Config } from '../config/config.ts'
import type { Database } from '../database/database.ts'
import { DatabaseStorage } from './database-storage.ts'
import { FolderStorage } from './folder-storage.ts'
import { S3Storage } from './s3-storage.ts'
import type { FileStorage } from './storage.ts'

/** The storage that the operator chose. */
export function openStorage(config: Config, database: Database): FileStorage {
  switch (config.storage) {
    case 'fs':
      return new FolderStorage(config.dataDir)
    case 'db':
      return new DatabaseStorage(database)
    case 's3':
      return new S3Storage(config.s3)
  }
}
