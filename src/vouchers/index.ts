import type { Module } from '../module.ts'
import { voucherRoutes } from './routes.ts'
import * as api from './api.ts'
import { vouchersOfPerson } from './person-part.ts'

export { listCampaigns, listRedemptions } from './campaign-store.ts'
export { changeCampaign, createCampaign, exportCodes, generateCodes, setVoucherActive } from './campaigns.ts'
export { endSpentCodes } from './redemptions.ts'

export const vouchersModule: Module = {
  name: 'vouchers',
  api: [api],
  personPart: vouchersOfPerson,
  routes: voucherRoutes,
}
