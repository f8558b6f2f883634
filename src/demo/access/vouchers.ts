import { accessMediums } from '../../customers/tables.ts'
import { onlineOfferPurchases, onlineOffers } from '../../online-offers/tables.ts'
import { codeHashes, personHashes } from '../../vouchers/codes.ts'
import { foldRedeemer } from '../../vouchers/redemption-rules.ts'
import { checkinVoucherCampaigns, checkinVoucherRedemptions, checkinVouchers } from '../../vouchers/tables.ts'
import { berlin } from '../house/chain.ts'
import { tim } from '../people/people.ts'
import { momentOn, type Planting, plant } from '../planting.ts'

/** One visit, only for vouchers. */
const dayPassOffer = 741
const usedUp = 962
const timsPass = 971
const timsCode = 972

const campaign = { running: 951, over: 952 } as const

/** CHVB1-YL29-MYVA that any new person may redeem, one that is used up, and one that came too late. */
export async function plantVouchers(planting: Planting) {
  const day = (days: number) => planting.today.add({ days })
  const dayPass = { name: 'Day pass', description: 'One visit', price: '12.00', position: 9, active: false }
  await plant(planting, onlineOffers, [
    { id: dayPassOffer, studioId: berlin, ...dayPass, periodOfUseValue: 1, periodOfUseUnit: 'DAY' },
  ])
  const onePass = { studioIds: [berlin], offerIds: [dayPassOffer], defaultOfferId: dayPassOffer }
  await plant(planting, checkinVoucherCampaigns, [
    {
      id: campaign.running,
      name: 'Bring a friend',
      prefix: 'CHVB1',
      ...onePass,
      validFrom: day(-30),
      validTo: day(730),
      passValidityValue: 1,
      passValidityUnit: 'WEEK',
    },
    { id: campaign.over, name: 'Last summer', prefix: 'SMMR1', ...onePass, validFrom: day(-400), validTo: day(-1) },
  ])
  const { secrets } = planting.platform
  const sealed = (code: string) => ({
    codeHash: codeHashes(secrets, code)[0] as Buffer,
    codeEnc: secrets.seal('field', code),
  })
  await plant(planting, checkinVouchers, [
    { id: 961, campaignId: campaign.running, ...sealed('CHVB1YL29MYVA'), maxRedemptions: 100 },
    { id: usedUp, campaignId: campaign.running, ...sealed('CHVB1USEDUPXX'), maxRedemptions: 1, redeemed: 1 },
    { id: 963, campaignId: campaign.over, ...sealed('SMMR1TOOLATEX'), maxRedemptions: 1 },
  ])
  await plantUsedOne(planting)
}

/** Tim has used one up, ten days ago. */
async function plantUsedOne(planting: Planting) {
  const { secrets } = planting.platform
  const on = planting.today.subtract({ days: 10 })
  await plant(planting, onlineOfferPurchases, [
    {
      id: timsPass,
      onlineOfferId: dayPassOffer,
      studioId: berlin,
      customerId: tim,
      name: 'Day pass',
      price: '0',
      purchasedAt: momentOn(planting, -10, '17:00'),
      purchaseDate: on,
      quantity: 1,
      remaining: 0,
      validFrom: on,
      validTo: on.add({ days: 6 }),
    },
  ])
  const validUntil = momentOn(planting, -10, '19:00')
  await plant(planting, accessMediums, [
    { id: timsCode, customerId: tim, type: 'BARCODE', valueNorm: 'TMPR7K2W', validUntil },
  ])
  const { firstFold, lastFold, emailFold } = foldRedeemer({
    firstname: 'Tim',
    lastname: 'Probe',
    email: 'tim@example.com',
  })
  const personHash = personHashes(secrets, [firstFold, lastFold, emailFold])[0] as Buffer
  const redemption = { customerId: tim, personHash, passId: timsPass, accessMediumId: timsCode }
  await plant(planting, checkinVoucherRedemptions, [{ id: 973, voucherId: usedUp, ...redemption }])
}
