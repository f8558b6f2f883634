import { badRequest, notFound } from '../../platform/errors/errors.ts'
import type { Secrets } from '../../platform/secrets.ts'
import type { PartnerView, UnitOfWork } from '../../platform/units/work.ts'
import type { AccessLog } from '../reading/access-log.ts'
import { findCodeHolder, raiseCodeVersion } from './access-code-store.ts'
import { dynamicCode, stepEnd, stepAt } from './dynamic-code.ts'
import { localSight } from '../reading/sight.ts'

/** What an app shows as a QR code. */
export interface AccessCode {
  readonly content: string
  /** Only dynamic codes end, 30 to 60 s after they were made. */
  readonly expiresAt?: Temporal.Instant
}

/**
 * The access code of a customer of the key's studio, in the way that the studio has chosen. Whether it opens anything is
 * up to the door: people who are kept out get one too. The read is logged.
 */
export async function getAccessCode(
  view: PartnerView,
  customerId: number,
  { secrets, accessLog, operation }: { secrets: Secrets; accessLog: AccessLog; operation: string },
): Promise<AccessCode> {
  const holder = await findCodeHolder(view.db, localSight(view), customerId)
  if (!holder) throw notFound('customer', customerId)
  if (!holder.isEnabled) throw badRequest('errormessage.accessCode.disabled')
  accessLog.record(view, operation, customerId)
  const { uuid, customerNumber, slug } = holder
  if (holder.mode === 'STATIC_ONLY') {
    const personal = { uuid, customer_number: customerNumber, tenant: slug }
    return { content: holder.format === 'NUMBER' ? holder.staticAccessNumber : JSON.stringify(personal) }
  }
  if (!holder.secret)
    throw new Error('The tenant has no access secret; palestra tenant rotate-access-secret makes one.')
  const secret = Buffer.from(secrets.open('field', holder.secret), 'base64')
  const step = stepAt(view.now)
  return { content: dynamicCode(secret, holder, step), expiresAt: stepEnd(step) }
}

/** Makes every dynamic code that a customer has in hand invalid at once, as after a lost phone. */
export async function invalidateAccessCodes(work: UnitOfWork, customerId: number) {
  const version = await raiseCodeVersion(work.tx, customerId, work.now)
  if (version === undefined) throw notFound('customer', customerId)
  work.audit({
    action: 'customer.accessCodesInvalidated',
    entityKind: 'customer',
    entityId: customerId,
    diff: { accessCodeVersion: [version - 1, version] },
  })
}
