import type { ErrorCode } from '../../platform/errors/error-code.ts'
import type { PurchaseRefusal } from './purchase-rules.ts'

/** What a purchase is refused with, in the order of the rules. */
export const refusalCodes = {
  ADDITIONAL_MODULE_NOT_FOUND: 'errormessage.additionalModule.notFound',
  ADDITIONAL_MODULE_CONTRACT_INVALID_STATUS: 'errormessage.additionalModule.contractInvalidStatus',
  ADDITIONAL_MODULE_NOT_ONLINE_PURCHASABLE: 'errormessage.additionalModule.notOnlinePurchasable',
  ADDITIONAL_MODULE_CONTRACT_ALREADY_PURCHASED: 'errormessage.additionalModule.contractAlreadyPurchased',
  ADDITIONAL_MODULE_TRIAL_PERIOD_NOT_BOOKABLE: 'errormessage.additionalModule.trialPeriodNotBookable',
} as const satisfies Readonly<Record<PurchaseRefusal, ErrorCode>>
