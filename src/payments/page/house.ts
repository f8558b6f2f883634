import type { PageDeps } from '../../module.ts'
import { paymentUrl } from '../../platform/http/payment-host.ts'
import type { House } from '../origins.ts'

/** This installation as payers see it. */
export function describeHouse({ publicUrl, config: { paymentHost, demo } }: PageDeps): House {
  return { publicUrl, paymentUrl: paymentUrl({ publicUrl, paymentHost }), demo }
}
