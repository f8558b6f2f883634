import type { AdditionalModuleRecord } from '../../membership-offers/index.ts'
import { type ApiError, badRequest } from '../../platform/errors/errors.ts'
import type { PurchaseRefusal } from './purchase-rules.ts'
import { refusalCodes } from './refusal-codes.ts'

/** Fields of a request by what they say. */
interface Names {
  readonly module: string
  readonly price: string
  readonly trial: string
}

const ofMembers: Names = { module: 'additionalModuleId', price: 'paymentFrequencyId', trial: 'bookTrialPeriod' }
const ofStaff: Names = { module: 'moduleId', price: 'paymentFrequencyId', trial: 'withTrial' }

/** What a member is refused with who buys a module. */
export function refusePurchase(status: PurchaseRefusal, isModuleKnown: boolean, names = ofMembers): ApiError {
  const reference = {
    ADDITIONAL_MODULE_NOT_FOUND: isModuleKnown ? names.price : names.module,
    ADDITIONAL_MODULE_CONTRACT_INVALID_STATUS: undefined,
    ADDITIONAL_MODULE_NOT_ONLINE_PURCHASABLE: names.module,
    ADDITIONAL_MODULE_CONTRACT_ALREADY_PURCHASED: names.module,
    ADDITIONAL_MODULE_TRIAL_PERIOD_NOT_BOOKABLE: names.trial,
  }[status]
  const args = [{ type: 'ENUM', value: status }] as const
  return badRequest(refusalCodes[status], reference === undefined ? { args } : { args, reference })
}

/**
 * What staff are refused with who sell one. They sell what is not sold online as well: what hinders them is that the module
 * has no term of its own, or that it is meant for other rates.
 */
export function refuseSale(status: PurchaseRefusal, record: AdditionalModuleRecord | undefined): ApiError {
  if (status !== 'ADDITIONAL_MODULE_NOT_ONLINE_PURCHASABLE') {
    return refusePurchase(status, record !== undefined, ofStaff)
  }
  const code = record?.module.termValue === null ? 'termMissing' : 'rateNotAllowed'
  return badRequest(`errormessage.additionalModule.${code}`, { reference: ofStaff.module })
}
