import { eq } from 'drizzle-orm'
import { identifyCustomer } from '../../../src/customers/index.ts'
import { createOnlineOffer, type NewOffer } from '../../../src/online-offers/index.ts'
import { createCampaign, generateCodes } from '../../../src/vouchers/index.ts'
import { checkinVoucherRedemptions, checkinVouchers } from '../../../src/vouchers/tables.ts'
import type { TestApp } from '../app.ts'
import type { TestStudio } from './world.ts'

const date = (text: string) => Temporal.PlainDate.from(text)

export interface VoucherInput {
  readonly offer?: Partial<NewOffer>
  readonly campaign?: Partial<Parameters<typeof createCampaign>[1]>
  readonly count?: number
  readonly maxRedemptions?: number
  readonly studio?: TestStudio
}

/** A campaign of June in one studio for a day pass of one visit, with codes. */
export function addVouchers(app: TestApp, input: VoucherInput = {}) {
  const { offer, campaign, count = 1, maxRedemptions = 1, studio = app.berlin } = input
  const { studioId } = studio
  return app.write(async (work) => {
    const dayPass = { name: 'Day pass', periodOfUseValue: 1, periodOfUseUnit: 'DAY', position: 1, studioId } as const
    const offerId = await createOnlineOffer(work, { ...dayPass, ...offer })
    const { campaignId } = await createCampaign(work, {
      name: 'June',
      validFrom: date('2026-06-01'),
      validTo: date('2026-06-30'),
      studioIds: [studioId],
      offerIds: [offerId],
      defaultOfferId: offerId,
      ...campaign,
    })
    const codes = await generateCodes(work, campaignId, { count, maxRedemptions }, app.platform.secrets)
    return { campaignId, offerId, codes, code: codes[0] as string }
  }, studio)
}

export const maxMustermann = { firstname: 'Max', lastname: 'Mustermann', email: 'max@mail.example' }
export const evaMuster = { firstname: 'Eva', lastname: 'Muster', email: 'eva@mail.example' }

export function redeem(app: TestApp, voucherCode: string, who: object = maxMustermann, as: TestStudio = app.berlin) {
  return app.post('/v1/checkin-vouchers/redeem', { voucherCode, ...who }, { as })
}

/** What is stored of a campaign: redemptions counted at the vouchers, and as rows. */
export function selectStored(app: TestApp, campaignId: number) {
  return app.read(async ({ db }) => {
    const vouchers = await db.select().from(checkinVouchers).where(eq(checkinVouchers.campaignId, campaignId))
    const rows = await db
      .select({ row: checkinVoucherRedemptions })
      .from(checkinVoucherRedemptions)
      .innerJoin(checkinVouchers, eq(checkinVouchers.id, checkinVoucherRedemptions.voucherId))
      .where(eq(checkinVouchers.campaignId, campaignId))
    return { counted: vouchers.reduce((sum, { redeemed }) => sum + redeemed, 0), rows: rows.map(({ row }) => row) }
  })
}

/** Whom an access code identifies at a reader. */
export function findHolder(app: TestApp, value: string) {
  const { tenantId, studioId } = app.berlin
  return app.read(({ db, now }) =>
    identifyCustomer(db, { type: 'BARCODE', value }, { tenantId, studioId, now, secrets: app.platform.secrets }),
  )
}
