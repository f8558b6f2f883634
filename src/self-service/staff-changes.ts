import { lockCustomers } from '../customers/index.ts'
import { notFound, refuseFields } from '../platform/errors/errors.ts'
import { dateIn } from '../platform/time/zoned-time.ts'
import type { UnitOfWork } from '../platform/units/work.ts'
import { findStudio } from '../studios/index.ts'
import { judgeWish, planAmendment, readWish } from './amendment-rules.ts'
import { findData } from './amendment-store.ts'
import type { AmendmentInput } from './amendments.ts'
import { changeData, readGroup } from './data-changes.ts'

/**
 * Staff replace the address of a customer, as a whole. A wish of the customer that waits stays, and shows then that its data
 * were changed meanwhile. Writing what is there already changes nothing.
 */
export async function replaceAddress(work: UnitOfWork, { customerId, body }: Omit<AmendmentInput, 'group'>) {
  const group = 'ADDRESS_DATA'
  await lockCustomers(work.tx, [customerId])
  const customer = await findData(work.tx, customerId)
  const studio = customer && (await findStudio(work.tx, customer.studioId))
  if (!customer || !studio) throw notFound('customer', customerId)
  const wish = readWish(group, body)
  const [first, ...more] = judgeWish(group, wish, dateIn(work.now, studio.timeZone))
  if (first) throw refuseFields([first, ...more])
  const { proposed, changedFields } = planAmendment(group, readGroup(group, customer), wish)
  if (changedFields.length === 0) return
  await changeData(work, customer, { group, values: proposed, country: studio.countryCode }, work.installation.secrets)
}
