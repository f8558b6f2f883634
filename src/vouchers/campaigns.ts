import { findOffer } from '../online-offers/index.ts'
import { diffValues } from '../platform/units/audit-values.ts'
import { conflict, notFound, refuseFields, violation } from '../platform/errors/errors.ts'
import type { Secrets } from '../platform/secrets.ts'
import { isAfter } from '../platform/time/order.ts'
import type { UnitOfWork } from '../platform/units/work.ts'
import { findStudio } from '../studios/index.ts'
import {
  type CampaignRow,
  insertCampaign,
  insertVouchers,
  isPrefixTaken,
  listVouchers,
  lockCampaign,
  lockVoucher,
  type NewCampaign,
  updateCampaign,
  updateVoucherActive,
} from './campaign-store.ts'
import { formatCode, parsePrefix } from './code-rules.ts'
import { codeHashes, drawCodes, drawPrefix } from './codes.ts'

const MOST_CODES = 10_000
const CODES_AT_ONCE = 500

export type CampaignChanges = Partial<Omit<NewCampaign, 'prefix'>>

/** Adds a campaign. Without a prefix of its own it gets one. Answers its id and its prefix. */
export async function createCampaign(
  work: UnitOfWork,
  wanted: Omit<NewCampaign, 'prefix'> & { readonly prefix?: string },
): Promise<{ readonly campaignId: number; readonly prefix: string }> {
  const prefix = parsePrefix(wanted.prefix ?? drawPrefix())
  if (prefix === undefined) throw refuseFields([violation('prefix', 'pattern')])
  if (await isPrefixTaken(work.tx, prefix)) throw refuseFields([violation('prefix', 'uniqueItems')])
  const campaign = { ...wanted, prefix }
  await refuseCampaign(work, campaign)
  const campaignId = await insertCampaign(work.tx, campaign, work.now)
  const diff = diffValues({}, campaign)
  work.audit({ action: 'voucherCampaign.created', entityKind: 'voucherCampaign', entityId: campaignId, diff })
  return { campaignId, prefix }
}

/** Changes what is given of a campaign; the same again changes nothing. With `version` refuses what others changed since. */
export async function changeCampaign(work: UnitOfWork, campaignId: number, changes: CampaignChanges, version?: number) {
  const before = await getCampaign(work, campaignId)
  if (version !== undefined && version !== before.version) throw conflict('errormessage.concurrentModification')
  const diff = diffValues(before, changes)
  if (Object.keys(diff).length === 0) return
  await refuseCampaign(work, { ...before, ...changes })
  await updateCampaign(work.tx, campaignId, changes, work.now)
  work.audit({ action: 'voucherCampaign.updated', entityKind: 'voucherCampaign', entityId: campaignId, diff })
}

async function getCampaign(work: UnitOfWork, campaignId: number): Promise<CampaignRow> {
  const campaign = await lockCampaign(work.tx, campaignId)
  if (!campaign) throw notFound('voucherCampaign', campaignId)
  return campaign
}

async function refuseCampaign({ tx }: UnitOfWork, campaign: NewCampaign) {
  const { name, validFrom, validTo, studioIds, offerIds, defaultOfferId, maxPerPerson = 1 } = campaign
  if (name.trim() === '') throw refuseFields([violation('name', 'required')])
  if (isAfter(validFrom, validTo)) {
    throw refuseFields([violation('validFrom', 'dateOrder', { type: 'STRING', value: 'validTo' })])
  }
  if (maxPerPerson < 1) throw refuseFields([violation('maxPerPerson', 'min', { type: 'INTEGER', value: 1 })])
  if (studioIds.length === 0) throw refuseFields([violation('studioIds', 'required')])
  if (!offerIds.includes(defaultOfferId)) {
    const offered = { type: 'ENUM', value: offerIds.map(String) } as const
    throw refuseFields([violation('defaultOfferId', 'enum', offered)])
  }
  for (const studioId of studioIds) if (!(await findStudio(tx, studioId))) throw notFound('studio', studioId)
  for (const offerId of offerIds) if (!(await findOffer(tx, offerId))) throw notFound('onlineOffer', offerId)
}

/** Makes at most 10,000 codes of a campaign, each for so many redemptions. Answers them as people read them. */
export async function generateCodes(
  work: UnitOfWork,
  campaignId: number,
  { count, maxRedemptions = 1 }: { readonly count: number; readonly maxRedemptions?: number },
  secrets: Secrets,
): Promise<string[]> {
  if (count < 1) throw refuseFields([violation('count', 'min', { type: 'INTEGER', value: 1 })])
  if (count > MOST_CODES) throw refuseFields([violation('count', 'max', { type: 'INTEGER', value: MOST_CODES })])
  if (maxRedemptions < 1) throw refuseFields([violation('maxRedemptions', 'min', { type: 'INTEGER', value: 1 })])
  const { prefix } = await getCampaign(work, campaignId)
  const created: string[] = []
  while (created.length < count) {
    const drawn = drawCodes(prefix, Math.min(CODES_AT_ONCE, count - created.length))
    const rows = drawn.map((code) => ({
      campaignId,
      maxRedemptions,
      codeHash: codeHashes(secrets, code)[0] as Buffer,
      codeEnc: secrets.seal('field', code),
    }))
    const added = new Set((await insertVouchers(work.tx, rows, work.now)).map((hash) => hash.toString('hex')))
    created.push(...drawn.filter((_, n) => added.has(rows[n]?.codeHash.toString('hex') ?? '')))
  }
  const diff = { codes: [null, count], maxRedemptions: [null, maxRedemptions] } as const
  work.audit({ action: 'voucherCampaign.codesMade', entityKind: 'voucherCampaign', entityId: campaignId, diff })
  return created.map(formatCode)
}

/** All codes of a campaign in clear; who has had them is logged. */
export async function exportCodes(work: UnitOfWork, campaignId: number, secrets: Secrets) {
  await getCampaign(work, campaignId)
  const rows = await listVouchers(work.tx, campaignId)
  const diff = { codes: [null, rows.length] } as const
  work.audit({ action: 'voucherCampaign.exported', entityKind: 'voucherCampaign', entityId: campaignId, diff })
  return rows.map(({ codeEnc, ...row }) => ({ code: formatCode(secrets.open('field', codeEnc)), ...row }))
}

/** Switches one voucher off or on again; passes that it has given stay. */
export async function setVoucherActive(work: UnitOfWork, voucherId: number, active: boolean) {
  const voucher = await lockVoucher(work.tx, voucherId)
  if (!voucher) throw notFound('checkinVoucher', voucherId)
  if (voucher.active === active) return
  await updateVoucherActive(work.tx, voucherId, active, work.now)
  const diff = { active: [voucher.active, active] } as const
  work.audit({ action: 'checkinVoucher.switched', entityKind: 'checkinVoucher', entityId: voucherId, diff })
}
