import type { Database } from '../database/database.ts'
import { isBefore } from '../time/order.ts'
import { HASH_BYTES, hashRow, hashSeal, NO_SEAL, type SealableRow, splitHashes } from './chain.ts'
import { listRowsBeyond, listRowsOfSeal, listSeals, listUnsealedSince, type SealRow } from './store.ts'

/** What is wrong with an audit log, by row or by seal. */
export type AuditFinding =
  | { readonly kind: 'ROW_CHANGED' | 'ROW_MISSING' | 'ROW_ADDED'; readonly rowId: number; readonly sealNo: number }
  | { readonly kind: 'ROW_UNSEALED'; readonly rowId: number }
  | { readonly kind: 'SEAL_CHANGED' | 'SEAL_MISSING'; readonly sealNo: number }

export interface AuditReport {
  readonly seals: number
  readonly rows: number
  readonly findings: readonly AuditFinding[]
}

export interface AuditLimits {
  /** Rows written before this (tenant's clock) should have a seal. */
  readonly sealedUntil: Temporal.Instant
  /** Seals made before this (real time) may have lost their rows. */
  readonly keptSince: Temporal.Instant
}

/** Five minutes: sealing runs every ten seconds, so a row this old was forgotten. */
export const SEALED_WITHIN_MINUTES = 5
const SEALS_AT_ONCE = 20
const MOST_FINDINGS = 1000

/** Recomputes the chain of one tenant from its rows and names every row and seal that is not as it was sealed. */
export async function verifyAuditLog(database: Database, tenantId: number, limits: AuditLimits): Promise<AuditReport> {
  const findings: AuditFinding[] = []
  let [seals, rows, last] = [0, 0, 0]
  let previous: Buffer = NO_SEAL
  for (;;) {
    const next = await database.read(tenantId, (db) => listSeals(db, tenantId, last, SEALS_AT_ONCE))
    if (next.length === 0) break
    for (const seal of next) {
      for (let gap = last + 1; gap < seal.no; gap++) findings.push({ kind: 'SEAL_MISSING', sealNo: gap })
      // After a gap the seal's own word for its predecessor is all that there is.
      const before = seal.no === last + 1 ? previous : seal.prevHash
      const held = await database.read(tenantId, (db) => listRowsOfSeal(db, tenantId, seal.no))
      findings.push(...judgeSeal(seal, before), ...judgeRows(seal, held, limits.keptSince))
      ;[last, previous] = [seal.no, seal.hash]
      seals += 1
      rows += held.length
    }
  }
  const beyond = await database.read(tenantId, (db) => listRowsBeyond(db, tenantId, last, MOST_FINDINGS))
  const missing = [...new Set(beyond.map(({ no }) => no ?? 0))].sort((a, b) => a - b)
  findings.push(...missing.map((sealNo) => ({ kind: 'SEAL_MISSING', sealNo }) as const))
  const unsealed = await database.read(tenantId, (db) =>
    listUnsealedSince(db, tenantId, limits.sealedUntil, MOST_FINDINGS),
  )
  findings.push(...unsealed.map((rowId) => ({ kind: 'ROW_UNSEALED', rowId }) as const))
  return { seals, rows, findings }
}

function judgeSeal(seal: SealRow, previous: Uint8Array): readonly AuditFinding[] {
  const isWhole =
    seal.prevHash.equals(previous) &&
    seal.hash.equals(hashSeal(previous, seal.no, seal.rowHashes)) &&
    seal.rowIds.length === seal.rowCount &&
    seal.rowHashes.length === seal.rowCount * HASH_BYTES
  return isWhole ? [] : [{ kind: 'SEAL_CHANGED', sealNo: seal.no }]
}

function judgeRows(seal: SealRow, held: readonly SealableRow[], keptSince: Temporal.Instant): readonly AuditFinding[] {
  const hasExpired = held.length === 0 && isBefore(seal.sealedAt, keptSince)
  if (hasExpired) return []
  const sealNo = seal.no
  const hashes = splitHashes(seal.rowHashes)
  const sealed = new Map(seal.rowIds.map((rowId, at) => [rowId, hashes[at]]))
  const present = new Map(held.map((row) => [row.id, row]))
  const missing = seal.rowIds.filter((rowId) => !present.has(rowId))
  return [
    ...missing.map((rowId) => ({ kind: 'ROW_MISSING', rowId, sealNo }) as const),
    ...held.flatMap((row): AuditFinding[] => {
      const hash = sealed.get(row.id)
      if (!hash) return [{ kind: 'ROW_ADDED', rowId: row.id, sealNo }]
      return hash.equals(hashRow(row)) ? [] : [{ kind: 'ROW_CHANGED', rowId: row.id, sealNo }]
    }),
  ]
}
