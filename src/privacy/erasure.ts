import type { Queryable } from '../platform/database/database.ts'
import { ApiError, notFound } from '../platform/errors/errors.ts'
import { expireFilesOfOwner } from '../platform/files/store.ts'
import { deleteAnswersAbout } from '../platform/units/idempotency.ts'
import { StartOver, type UnitOfWork, type View } from '../platform/units/work.ts'
import { dateIn } from '../platform/time/zoned-time.ts'
import {
  anonymiseCustomer,
  deleteCustomerIfAlone,
  type ErasedPerson,
  type ErasureBlocker,
  findPersonToErase,
  lockCustomers,
  type PersonPart,
  type PersonToErase,
} from '../customers/index.ts'
import { personFileKinds } from './person-export.ts'
import { personParts } from './person-parts.ts'
import { finishErasureRequests } from './privacy-request-store.ts'
import { customerDeleted } from './events.ts'

/** What has become of the person: nothing is left, or rows that must stay are left under a number. */
export interface Erasure {
  readonly customerId: number
  readonly outcome: 'DELETED' | 'ANONYMISED'
}

/** Everything that stands against erasing the person now; nothing = it may be done. */
export async function listErasureBlockers({ db, now }: View, customerId: number): Promise<readonly ErasureBlocker[]> {
  return listBlockers(db, erasedPerson(await getPersonToErase(db, customerId), now))
}

/**
 * Forgets a person. Future bookings are canceled; what identifies the person goes; visits, ledger and uses
 * stay under the number. A prospect to whom nothing that stays refers is deleted. It cannot be undone.
 */
export async function eraseCustomer(work: UnitOfWork, customerId: number): Promise<Erasure> {
  const { tx, now } = work
  await lockCustomers(tx, [customerId])
  const found = await getPersonToErase(tx, customerId)
  const person = erasedPerson(found, now)
  const blockers = await listBlockers(tx, person)
  if (blockers.length > 0) throw refuseErasure(blockers)
  await endFirst(work, customerId)
  for (const part of personParts()) await part.erase?.(work, person)
  await expireFilesOfOwner(tx, { kinds: [...personFileKinds, 'export'], id: customerId }, now)
  await deleteAnswersAbout(tx, customerId)
  await anonymiseCustomer(tx, customerId, now)
  await finishErasureRequests(tx, customerId, now)
  const outcome = person.isProspect && (await deleteCustomerIfAlone(tx, customerId)) ? 'DELETED' : 'ANONYMISED'
  work.audit({
    action: 'customer.erased',
    entityKind: 'customer',
    entityId: customerId,
    studioId: found.studioId,
    diff: { outcome: [null, outcome] },
  })
  work.emit(customerDeleted({ entityId: customerId, customerId, audienceStudioIds: [found.studioId] }))
  return { customerId, outcome }
}

async function getPersonToErase(db: Queryable, customerId: number): Promise<PersonToErase> {
  const found = await findPersonToErase(db, customerId)
  if (!found) throw notFound('customer', customerId)
  return found
}

const listBlockers = (db: Queryable, person: ErasedPerson) => fromAll((part) => part.listBlockers?.(db, person))

/** Bookings lock their slot before the customer: they are ended in units of their own, and then this unit begins again. */
async function endFirst({ tx, now }: UnitOfWork, customerId: number) {
  const endings = await fromAll((part) => part.listEndings?.(tx, customerId, now))
  if (endings.length === 0) return
  throw new StartOver(async (run) => {
    for (const end of endings) await run(end)
  })
}

/** What all parts list, in the order of the parts; some have nothing of the kind. */
async function fromAll<T>(list: (part: PersonPart) => Promise<readonly T[]> | undefined): Promise<readonly T[]> {
  const lists = await Promise.all(personParts().map(async (part) => (await list(part)) ?? []))
  return lists.flat()
}

function erasedPerson({ customerId, zone, membershipUntil }: PersonToErase, now: Temporal.Instant): ErasedPerson {
  return { customerId, today: dateIn(now, zone), isProspect: membershipUntil === null }
}

function refuseErasure(blockers: readonly ErasureBlocker[]): ApiError {
  const named = blockers.map(({ kind, entityId }) => `${kind} ${entityId}`)
  return new ApiError(409, 'errormessage.customer.erasureBlocked', {
    args: [{ type: 'STRING', value: named.join(', ') }],
  })
}
