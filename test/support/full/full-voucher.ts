import { onlineOffers } from '../../../src/online-offers/tables.ts'
import type { Secrets } from '../../../src/platform/secrets.ts'
import { codeHashes } from '../../../src/vouchers/codes.ts'
import { checkinVoucherCampaigns, checkinVouchers } from '../../../src/vouchers/tables.ts'
import { type Fill, stamps } from './full-members.ts'

const makePrefix = (studioId: number) => `Q${studioId}`.padEnd(5, 'X')

/** A voucher of a full studio that a thousand people may redeem. */
export const makeVoucherCode = (studioId: number) => `${makePrefix(studioId)}-AAAA-2222`

/** The voucher, its campaign and a day pass for it; `id` is that of the pass's offer, the others follow. */
export async function insertFullVoucher({ tx, studio: { studioId }, mark }: Fill, id: number, secrets: Secrets) {
  const day = { periodOfUseValue: 1, periodOfUseUnit: 'DAY', position: 1 } as const
  await tx.insert(onlineOffers).values({ id, studioId, name: `${mark}day pass`, ...day, ...stamps })
  const dates = { validFrom: Temporal.PlainDate.from('2026-01-01'), validTo: Temporal.PlainDate.from('2030-12-31') }
  const about = { name: `${mark}campaign`, prefix: makePrefix(studioId), studioIds: [studioId], offerIds: [id] }
  await tx.insert(checkinVoucherCampaigns).values({ id: id + 1, ...about, ...dates, defaultOfferId: id, ...stamps })
  const code = makeVoucherCode(studioId).replaceAll('-', '')
  const sealed = { codeHash: codeHashes(secrets, code)[0] as Buffer, codeEnc: secrets.seal('field', code) }
  await tx.insert(checkinVouchers).values({ campaignId: id + 1, ...sealed, maxRedemptions: 1000, ...stamps })
}
