import { and, asc, eq, gt, inArray, isNull, lte, or, sql } from 'drizzle-orm'
import type { Queryable, Tx } from '../database/database.ts'
import { files } from '../tables.ts'
import type { OwnerKind } from './owner-kinds.ts'
import type { ByteRange } from './storage.ts'

/** A file as its link sees it, no matter who asks. */
export interface FileRow {
  readonly fileId: number
  readonly tenantId: number
  readonly tenantSlug: string
  readonly storageKey: string
  readonly mime: string
  /** Bytes. */
  readonly size: number
  readonly sha256: Buffer
  readonly originalName: string
  readonly scanState: string
  readonly deleteAfter: Temporal.Instant | null
}

/** Reads across tenants: a link comes without a key, and its tenant is that of the file. */
export async function findFile(db: Queryable, fileId: number): Promise<FileRow | undefined> {
  const [row] = await db
    .select({
      fileId: sql<number>`file_id`,
      tenantId: sql<number>`tenant_id`,
      tenantSlug: sql<string>`tenant_slug`,
      storageKey: sql<string>`storage_key`,
      mime: sql<string>`mime`,
      size: sql<number>`size`,
      sha256: sql<Buffer>`sha256`,
      originalName: sql<string>`original_name`,
      scanState: sql<string>`scan_state`,
      deleteAfter: sql<string | null>`delete_after`,
    })
    .from(sql`palestra_find_file(${fileId})`)
  return row && { ...row, deleteAfter: row.deleteAfter === null ? null : Temporal.Instant.from(row.deleteAfter) }
}

export async function findOwnerKind(db: Queryable, tenantId: number, fileId: number): Promise<string | undefined> {
  const [row] = await db
    .select({ ownerKind: files.ownerKind })
    .from(files)
    .where(and(eq(files.tenantId, tenantId), eq(files.id, fileId)))
  return row?.ownerKind
}

/** A stretch of the bytes that the row holds; undefined when it holds none. */
export async function findContent(
  db: Queryable,
  tenantId: number,
  fileId: number,
  { first, last }: ByteRange,
): Promise<Buffer | undefined> {
  const [row] = await db
    .select({
      bytes: sql<Buffer | null>`substring(${files.content} from ${first + 1}::int for ${last - first + 1}::int)`,
    })
    .from(files)
    .where(and(eq(files.tenantId, tenantId), eq(files.id, fileId)))
  return row?.bytes ?? undefined
}

/** How many bytes the row holds; undefined when it holds none. */
export async function findContentSize(db: Queryable, tenantId: number, fileId: number): Promise<number | undefined> {
  const [row] = await db
    .select({ size: sql<number | null>`octet_length(${files.content})` })
    .from(files)
    .where(and(eq(files.tenantId, tenantId), eq(files.id, fileId)))
  return row?.size ?? undefined
}

export async function insertFileRow(tx: Tx, row: typeof files.$inferInsert): Promise<number> {
  const [inserted] = await tx.insert(files).values(row).returning({ id: files.id })
  if (!inserted) throw new Error('The file was not stored.')
  return inserted.id
}

/** Files whose time is over at `now` of their tenant. */
export function listFilesToDelete(db: Queryable, tenantId: number, now: Temporal.Instant, limit: number) {
  return db
    .select({ fileId: files.id, storageKey: files.storageKey })
    .from(files)
    .where(and(eq(files.tenantId, tenantId), lte(files.deleteAfter, now)))
    .orderBy(asc(files.deleteAfter), asc(files.id))
    .limit(limit)
}

/** A page of the files of a tenant, in the order of their ids, to compare them with their bytes. */
export function listFileRows(
  db: Queryable,
  tenantId: number,
  page: { readonly after: number; readonly limit: number },
) {
  return db
    .select({ fileId: files.id, storageKey: files.storageKey, size: files.size, sha256: files.sha256 })
    .from(files)
    .where(and(eq(files.tenantId, tenantId), gt(files.id, page.after)))
    .orderBy(asc(files.id))
    .limit(page.limit)
}

export async function deleteFileRow(tx: Tx, tenantId: number, fileId: number) {
  await tx.delete(files).where(and(eq(files.tenantId, tenantId), eq(files.id, fileId)))
}

/** Those of the given keys that a row knows. */
export async function listKnownKeys(db: Queryable, tenantId: number, keys: readonly string[]): Promise<Set<string>> {
  const rows = await db
    .select({ key: files.storageKey })
    .from(files)
    .where(and(eq(files.tenantId, tenantId), inArray(files.storageKey, [...keys])))
  return new Set(rows.map(({ key }) => key))
}

/** Files of some kinds of one owner that are still readable at `now`. */
export function listFilesOfOwner(
  db: Queryable,
  tenantId: number,
  owner: { readonly kinds: readonly OwnerKind[]; readonly id: number },
  now: Temporal.Instant,
) {
  return db
    .select({
      fileId: files.id,
      storageKey: files.storageKey,
      mime: files.mime,
      size: files.size,
      sha256: files.sha256,
      originalName: files.originalName,
    })
    .from(files)
    .where(
      and(
        eq(files.tenantId, tenantId),
        inArray(files.ownerKind, [...owner.kinds]),
        eq(files.ownerId, owner.id),
        or(isNull(files.deleteAfter), sql`${files.deleteAfter} > ${now.toString()}::timestamptz`),
      ),
    )
    .orderBy(asc(files.id))
}

/** All files of some kinds of one owner count as gone from now on; the purge removes their bytes. */
export async function expireFilesOfOwner(
  tx: Tx,
  owner: { readonly kinds: readonly OwnerKind[]; readonly id: number },
  now: Temporal.Instant,
) {
  await tx
    .update(files)
    .set({ deleteAfter: now, originalName: 'file' })
    .where(and(inArray(files.ownerKind, [...owner.kinds]), eq(files.ownerId, owner.id)))
}

/** SHA-256 of the bytes of a file. */
export async function findHash(db: Queryable, fileId: number): Promise<Buffer | undefined> {
  const [row] = await db.select({ sha256: files.sha256 }).from(files).where(eq(files.id, fileId))
  return row?.sha256
}

/** From `at` on (tenant's clock) the file counts as gone; the purge removes it afterwards. */
/** Says later what a file belongs to, where that did not exist when it was stored. */
export async function assignFile(tx: Tx, fileId: number, ownerId: number) {
  await tx.update(files).set({ ownerId }).where(eq(files.id, fileId))
}

export async function expireFile(tx: Tx, fileId: number, at: Temporal.Instant) {
  await tx.update(files).set({ deleteAfter: at }).where(eq(files.id, fileId))
}

/** Where all bytes of the tenant are kept. */
export async function listStorageKeys(db: Queryable, tenantId: number): Promise<readonly string[]> {
  const rows = await db.select({ key: files.storageKey }).from(files).where(eq(files.tenantId, tenantId))
  return rows.map(({ key }) => key)
}
