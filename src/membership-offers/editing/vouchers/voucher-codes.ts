import { randomInt } from 'node:crypto'
import { asc, eq, sql } from 'drizzle-orm'
import type { Queryable, Tx } from '../../../platform/database/database.ts'
import { refuseFields, violation } from '../../../platform/errors/errors.ts'
import type { UnitOfWork } from '../../../platform/units/work.ts'
import { membershipVoucherCodes, membershipVouchers } from '../../tables.ts'
import { auditDocument } from '../audit.ts'
import { fault } from '../refusals.ts'
import { insertRow, lockRow } from '../rows.ts'

interface CodeWish {
  readonly code: string
  readonly maxRedemptions: number
}

/** Gives a voucher a code, or says anew how often the code may be redeemed. A code that another voucher has is refused. */
export async function saveCode(work: UnitOfWork, voucherId: number, { code, maxRedemptions }: CodeWish) {
  const { tx, now } = work
  await lockRow(tx, membershipVouchers, { id: voucherId }, 'membershipVoucher')
  const known = await findCode(tx, code)
  if (known && known.voucherId !== voucherId) throw refuseFields([fault('code', 'codeTaken', code)])
  if (known && known.redeemed > maxRedemptions)
    throw refuseFields([violation('maxRedemptions', 'min', { type: 'INTEGER', value: known.redeemed })])
  const { id } = membershipVoucherCodes
  if (known) await tx.update(membershipVoucherCodes).set({ maxRedemptions }).where(eq(id, known.id))
  const codeId = known?.id ?? (await insertRow(tx, membershipVoucherCodes, { voucherId, code, maxRedemptions }, now))
  const before = known && { voucherId, code: known.code, maxRedemptions: known.maxRedemptions }
  const after = { voucherId, code: known?.code ?? code, maxRedemptions }
  auditDocument(work, { kind: 'membershipVoucherCode', id: codeId, before, after })
  return codeId
}

async function findCode(tx: Tx, code: string) {
  const [row] = await tx
    .select()
    .from(membershipVoucherCodes)
    .where(eq(sql`upper(${membershipVoucherCodes.code})`, sql`upper(${code})`))
    .for('update')
  return row
}

/** Letters and digits that are not taken for others: no I, no O, no 0 and 1. */
const alphabet = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789'
const RANDOM_CHARACTERS = 10

/** Draws codes that nobody can guess: 50 bits each. Returns them. */
export async function drawCodes(
  work: UnitOfWork,
  voucherId: number,
  { count, maxRedemptions, prefix = '' }: { count: number; maxRedemptions: number; prefix?: string | undefined },
): Promise<string[]> {
  const { tx, now } = work
  await lockRow(tx, membershipVouchers, { id: voucherId }, 'membershipVoucher')
  const codes = new Set<string>()
  while (codes.size < count) codes.add(prefix.toUpperCase() + drawText())
  const drawn = [...codes]
  await tx
    .insert(membershipVoucherCodes)
    .values(drawn.map((code) => ({ voucherId, code, maxRedemptions, createdAt: now })))
  const diff = { codes: [null, count], maxRedemptions: [null, maxRedemptions] } as const
  work.audit({ action: 'membershipVoucher.codesDrawn', entityKind: 'membershipVoucher', entityId: voucherId, diff })
  return drawn
}

function drawText(): string {
  return Array.from({ length: RANDOM_CHARACTERS }, () => alphabet.charAt(randomInt(alphabet.length))).join('')
}

/** The codes of a voucher and how often each was redeemed, in the order in which they were added. */
export function listCodes(db: Queryable, voucherId: number) {
  const { code, maxRedemptions, redeemed } = membershipVoucherCodes
  return db
    .select({ code, maxRedemptions, redeemed })
    .from(membershipVoucherCodes)
    .where(eq(membershipVoucherCodes.voucherId, voucherId))
    .orderBy(asc(membershipVoucherCodes.id))
}
