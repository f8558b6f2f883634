import type { Module } from '../platform/module.ts'
import { voucherRoutes } from './routes.ts'

export { listCampaigns, listRedemptions } from './campaign-store.ts'
export { changeCampaign, createCampaign, exportCodes, generateCodes, setVoucherActive } from './campaigns.ts'
export { vouchersOfPerson } from './person-part.ts'
export { endSpentCodes } from './redemptions.ts'

export const vouchersModule: Module = { name: 'vouchers', routes: voucherRoutes }
