import type { StaffOperations } from '../platform/staff/staff-operations.ts'
import { describeModule, listModules, saveModule } from './editing/modules/modules-by-staff.ts'
import * as daily from './editing/offers/daily-changes.ts'
import { planFirstYear } from './editing/offers/first-year.ts'
import { describeOffer } from './editing/offers/offer-documents.ts'
import { saveOffer } from './editing/offers/offers-by-staff.ts'
import { describeRate, listRateCodes, listRates, saveRate, saveRateCode } from './editing/rates/rates-by-staff.ts'
import * as small from './editing/rates/small-documents.ts'
import { createEntry, listEntries, updateEntry } from './editing/rates/reasons.ts'
import { describeSwitch, listSwitches, saveSwitch } from './editing/switches/switches-by-staff.ts'
import { drawCodes, listCodes, saveCode } from './editing/vouchers/voucher-codes.ts'
import { describeVoucher, listVouchers, saveVoucher } from './editing/vouchers/vouchers-by-staff.ts'
import * as api from './staff-api.ts'
import { readDay } from '../platform/time/zoned-time.ts'

/** Binds what staff do with everything that is sold as a membership. */
export function membershipOfferStaff(operations: StaffOperations) {
  rates(operations)
  reasons(operations)
  offers(operations)
  modules(operations)
  vouchers(operations)
  codes(operations)
}

function rates(operations: StaffOperations) {
  operations.write(api.rates.import, async (work, { body }) => ({ rateId: await saveRate(work, body) }))
  operations.read(api.rates.show, ({ db }, { params }) => describeRate(db, params.rateId))
  operations.read(api.rates.list, ({ db }) => listRates(db))
  operations.write(api.saveRateCode, async (work, { body }) => ({ rateCodeId: await saveRateCode(work, body) }))
  operations.read(api.listRateCodes, ({ db }) => listRateCodes(db))
  operations.write(api.idlePolicies.import, async (work, { body }) => ({
    policyId: await small.saveIdlePolicy(work, body),
  }))
  operations.read(api.idlePolicies.show, ({ db }, { params }) => small.describeIdlePolicy(db, params.policyId))
  operations.read(api.idlePolicies.list, ({ db }) => small.listIdlePolicies(db))
  operations.write(api.textBlocks.import, async (work, { body }) => ({
    blockId: await small.saveTextBlock(work, body),
  }))
  operations.read(api.textBlocks.show, ({ db }, { params }) => small.describeTextBlock(db, params.blockId))
  operations.read(api.textBlocks.list, ({ db }) => small.listTextBlocks(db))
}

function reasons(operations: StaffOperations) {
  operations.write(api.createIdleReason, async (work, { body }) => ({
    idleReasonId: await createEntry(work, 'idleReason', { position: 0, ...body }),
  }))
  operations.write(api.updateIdleReason, async (work, { params: { idleReasonId }, body }) => {
    await updateEntry(work, 'idleReason', idleReasonId, body)
    return { idleReasonId }
  })
  operations.read(api.listIdleReasons, ({ db }) => listEntries(db, 'idleReason'))
  operations.write(api.createCancelationReason, async (work, { body }) => ({
    cancelationReasonId: await createEntry(work, 'cancelationReason', { position: 0, ...body }),
  }))
  operations.write(api.updateCancelationReason, async (work, { params: { cancelationReasonId }, body }) => {
    await updateEntry(work, 'cancelationReason', cancelationReasonId, body)
    return { cancelationReasonId }
  })
  operations.read(api.listCancelationReasons, ({ db }) => listEntries(db, 'cancelationReason'))
}

function offers(operations: StaffOperations) {
  operations.write(api.offers.import, async (work, { body }) => ({ offerId: await saveOffer(work, body) }))
  operations.read(api.offers.show, ({ db }, { params }) => describeOffer(db, params.offerId))
  operations.read(api.offers.list, ({ db }) => daily.listOffersForStaff(db))
  operations.write(api.publishOffer, async (work, { params: { offerId, studioId }, body: { position } }) => {
    await daily.publishOffer(work, offerId, { studioId, position })
    return { offerId }
  })
  operations.write(api.withdrawOffer, async (work, { params: { offerId, studioId } }) => {
    await daily.withdrawOffer(work, offerId, studioId)
    return { offerId }
  })
  operations.write(api.setOfferActive, async (work, { params: { offerId }, body: { active } }) => {
    await daily.setOfferActive(work, offerId, active)
    return { offerId }
  })
  operations.write(api.setTermActive, async (work, { params: { termId }, body: { active } }) => {
    await daily.setTermActive(work, termId, active)
    return { termId }
  })
  operations.read(api.planFirstYear, (view, { params: { termId }, body: { birthDate, start, studioId, moduleIds } }) =>
    planFirstYear(view, { termId, studioId, moduleIds, birthDate: readDay(birthDate), start: readDay(start) }),
  )
}

function modules(operations: StaffOperations) {
  operations.write(api.modules.import, async (work, { body }) => ({ moduleId: await saveModule(work, body) }))
  operations.read(api.modules.show, ({ db }, { params }) => describeModule(db, params.moduleId))
  operations.read(api.modules.list, ({ db }) => listModules(db))
  operations.write(api.switches.import, async (work, { body }) => ({ configId: await saveSwitch(work, body) }))
  operations.read(api.switches.show, ({ db }, { params }) => describeSwitch(db, params.configId))
  operations.read(api.switches.list, ({ db }) => listSwitches(db))
}

function vouchers(operations: StaffOperations) {
  operations.write(api.vouchers.import, async (work, { body }) => ({ voucherId: await saveVoucher(work, body) }))
  operations.read(api.vouchers.show, ({ db }, { params }) => describeVoucher(db, params.voucherId))
  operations.read(api.vouchers.list, ({ db }) => listVouchers(db))
  operations.write(api.createCompany, async (work, { body }) => ({
    companyId: await createEntry(work, 'company', body),
  }))
  operations.write(api.updateCompany, async (work, { params: { companyId }, body }) => {
    await updateEntry(work, 'company', companyId, body)
    return { companyId }
  })
  operations.read(api.listCompanies, ({ db }) => listEntries(db, 'company'))
}

function codes(operations: StaffOperations) {
  operations.write(api.saveCode, async (work, { params: { voucherId }, body }) => ({
    codeId: await saveCode(work, voucherId, body),
  }))
  operations.write(api.drawCodes, async (work, { params: { voucherId }, body }) => ({
    codes: await drawCodes(work, voucherId, body),
  }))
  operations.read(api.listCodes, ({ db }, { params }) => listCodes(db, params.voucherId))
}
