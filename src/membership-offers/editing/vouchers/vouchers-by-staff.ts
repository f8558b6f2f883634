import { asc, eq } from 'drizzle-orm'
import type { Queryable } from '../../../platform/database/database.ts'
import { notFound, refuseFields, violation } from '../../../platform/errors/errors.ts'
import type { UnitOfWork } from '../../../platform/units/work.ts'
import {
  companies,
  membershipOffers,
  membershipVoucherOffers,
  membershipVouchers,
  membershipVoucherStudios,
  voucherDiscountPeriods,
} from '../../tables.ts'
import { scaleFaults } from '../amounts-rules.ts'
import { auditDocument } from '../audit.ts'
import { listCurrencies } from '../currency-store.ts'
import { toColumns, toDocument } from '../documents.ts'
import { studioFaults } from '../reference-store.ts'
import { refuseFaults } from '../refusals.ts'
import { lockRow, type Reference, referenceFaults, replaceRows, saveRow } from '../rows.ts'
import { voucherFaults } from './voucher-rules.ts'
import type { VoucherDocument } from './voucher-schemas.ts'
import { nonNull } from '../../../platform/values/defined.ts'

/** Adds a voucher, or makes the one that the document names exactly as it says. Contracts keep what they were signed with. */
export async function saveVoucher(work: UnitOfWork, voucher: VoucherDocument): Promise<number> {
  const { tx } = work
  refuseFaults(voucherFaults(voucher))
  const { id } = voucher
  if (id !== undefined) await lockRow(tx, membershipVouchers, { ...voucher, id }, 'membershipVoucher')
  const before = id === undefined ? undefined : await describeVoucher(tx, id)
  const list = (name: string, ids: readonly number[]) => ids.map((each, at): Reference => [`${name}[${at}]`, each])
  refuseFaults([
    ...(await referenceFaults(tx, companies, [['companyId', voucher.companyId]])),
    ...(await referenceFaults(tx, membershipOffers, list('offerIds', voucher.offerIds))),
    ...(await studioFaults(tx, list('studioIds', voucher.studioIds))),
    ...scaleFaults('', voucher, await listCurrencies(tx, voucher.studioIds)),
  ])
  if (id !== undefined) await refuseFewer(work, id, voucher.maxRedemptions)
  const voucherId = await writeVoucher(work, voucher)
  const after = await describeVoucher(tx, voucherId)
  auditDocument(work, { kind: 'membershipVoucher', id: voucherId, before, after })
  return voucherId
}

/** What was redeemed cannot become too much. */
async function refuseFewer({ tx }: UnitOfWork, id: number, most: number | undefined) {
  const { redeemed } = membershipVouchers
  const [row] = await tx.select({ redeemed }).from(membershipVouchers).where(eq(membershipVouchers.id, id))
  const used = row?.redeemed ?? 0
  if (most === undefined || most >= used) return
  throw refuseFields([violation('maxRedemptions', 'min', { type: 'INTEGER', value: used })])
}

async function writeVoucher(work: UnitOfWork, voucher: VoucherDocument): Promise<number> {
  const { tx, now } = work
  const voucherId = await saveRow(work, membershipVouchers, voucher.id, toColumns(membershipVouchers, voucher))
  const of = { voucherId }
  const periods = voucher.discountPeriods.map((period, seq) =>
    toColumns(voucherDiscountPeriods, period, { ...of, seq }),
  )
  const periodOwner = { column: voucherDiscountPeriods.voucherId, ownerId: voucherId }
  await replaceRows(tx, voucherDiscountPeriods, periodOwner, { rows: periods, now })
  const offers = voucher.offerIds.map((offerId) => ({ ...of, offerId }))
  const offerOwner = { column: membershipVoucherOffers.voucherId, ownerId: voucherId }
  await replaceRows(tx, membershipVoucherOffers, offerOwner, { rows: offers, now })
  const studios = voucher.studioIds.map((studioId) => ({ ...of, studioId }))
  const studioOwner = { column: membershipVoucherStudios.voucherId, ownerId: voucherId }
  await replaceRows(tx, membershipVoucherStudios, studioOwner, { rows: studios, now })
  return voucherId
}

/** A voucher as a document has it; what `import` reads is what this shows. */
export async function describeVoucher(db: Queryable, voucherId: number): Promise<VoucherDocument> {
  const [row] = await db.select().from(membershipVouchers).where(eq(membershipVouchers.id, voucherId))
  if (!row) throw notFound('membershipVoucher', voucherId)
  const [periods, offers, studios] = await Promise.all([
    db
      .select()
      .from(voucherDiscountPeriods)
      .where(eq(voucherDiscountPeriods.voucherId, voucherId))
      .orderBy(asc(voucherDiscountPeriods.seq)),
    db
      .select()
      .from(membershipVoucherOffers)
      .where(eq(membershipVoucherOffers.voucherId, voucherId))
      .orderBy(asc(membershipVoucherOffers.offerId)),
    db
      .select()
      .from(membershipVoucherStudios)
      .where(eq(membershipVoucherStudios.voucherId, voucherId))
      .orderBy(asc(membershipVoucherStudios.studioId)),
  ])
  return {
    id: voucherId,
    version: row.version,
    ...toDocument(membershipVouchers, row, ['redeemed']),
    discountPeriods: periods.map((period) => toDocument(voucherDiscountPeriods, period, ['voucherId', 'seq'])),
    offerIds: offers.map(({ offerId }) => offerId),
    studioIds: studios.map(({ studioId }) => studioId),
  } as unknown as VoucherDocument
}

/** All vouchers, the newest first. */
export async function listVouchers(db: Queryable) {
  const rows = await db.select().from(membershipVouchers).orderBy(asc(membershipVouchers.id))
  return rows.toReversed().map(({ id, type, remarks, redeemed, validTo }) => ({
    id,
    type,
    redeemed,
    ...nonNull({ remarks }),
    ...(validTo === null ? {} : { validTo: validTo.toString() }),
  }))
}
