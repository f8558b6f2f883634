import { formatActor } from '../platform/units/caller.ts'
import { ApiError, badRequest, conflict, notFound, refuseFields } from '../platform/errors/errors.ts'
import type { Secrets } from '../platform/secrets.ts'
import type { PartnerWork, UnitOfWork } from '../platform/units/work.ts'
import { dateIn } from '../platform/time/zoned-time.ts'
import {
  type AmendmentPlan,
  type FieldGroup,
  isWhole,
  judgeWish,
  overlay,
  planAmendment,
  readWish,
  type Values,
} from './amendment-rules.ts'
import {
  type Amendment,
  findDataGroup,
  insertAmendment,
  lockAmendment,
  lockPendingAmendment,
  updateAmendment,
} from './amendment-store.ts'
import { changeData, readGroup } from './data-changes.ts'
import { localSight, lockCustomers, lockOwnCustomer } from '../customers/index.ts'

export interface AmendmentInput {
  readonly customerId: number
  readonly group: FieldGroup
  /** The fields as the client sent them. */
  readonly body: Readonly<Record<string, unknown>>
}

/** What became of a wish: the group as it is or would be, and the id of the wish unless it asks for what is there. */
export interface AmendmentAnswer {
  readonly id?: number
  readonly values: Values
}

/**
 * Takes a customer's wish to change a group of data: it is applied at once or waits for the staff, as the home studio
 * has configured. A newer wish takes the place of one that waits; a wish for what is there already changes nothing.
 */
export async function createAmendment(
  work: PartnerWork,
  { customerId, group, body }: AmendmentInput,
  secrets: Secrets,
): Promise<AmendmentAnswer> {
  await findOpenGroup(work, customerId, group)
  const wish = readWish(group, body)
  const [first, ...more] = judgeWish(group, wish, dateIn(work.now, work.caller.studio.zone))
  if (first) throw refuseFields([first, ...more])
  if (group === 'CONTACT_DATA' && Object.keys(wish).length === 0) throw badRequest('errormessage.amendment.empty')
  await lockCustomers(work.tx, [customerId])
  // What decides is read again: while we waited for the lock, the studio or its configuration may have changed.
  const { customer, mode } = await findOpenGroup(work, customerId, group)
  const current = readGroup(group, customer)
  const plan = planAmendment(group, current, wish)
  if (plan.changedFields.length === 0) return { values: current }
  await supersede(work, customerId, group)
  const status = mode === 'CHANGES_WITHOUT_VERIFICATION' ? 'APPLIED' : 'PENDING'
  const id = await storeWish(work, { ...plan, group, status, base: current, customerId, studioId: customer.studioId })
  if (status === 'APPLIED') {
    const values = valuesToWrite(group, plan)
    await changeData(work, customer, { group, values, country: work.caller.studio.countryCode }, secrets)
  }
  return { id, values: overlay(group, current, plan) }
}

/** What accepting a wish writes: an address as a whole, of other groups the fields that the wish is about. */
export function valuesToWrite(group: FieldGroup, { proposed, changedFields }: AmendmentPlan): Values {
  if (isWhole(group)) return proposed
  return Object.fromEntries(changedFields.map((field) => [field, proposed[field] ?? null]))
}

/** Takes back a wish that waits for the staff; repeating it does no harm. */
export async function withdrawAmendment(work: PartnerWork, customerId: number, amendmentId: number) {
  await lockOwnCustomer(work, customerId)
  const amendment = await lockAmendment(work.tx, amendmentId)
  if (amendment?.customerId !== customerId) throw notFound('amendment', amendmentId)
  if (amendment.status === 'WITHDRAWN') return
  await settleAmendment(work, amendment, { status: 'WITHDRAWN' })
}

export interface Verdict {
  readonly status: 'ACCEPTED' | 'REJECTED' | 'WITHDRAWN' | 'SUPERSEDED'
  readonly reason?: string
}

/** Ends a locked wish that waits, or refuses because it has been settled meanwhile. */
export async function settleAmendment(work: UnitOfWork, amendment: Amendment, verdict: Verdict) {
  const { id, studioId, status } = amendment
  if (status !== 'PENDING') throw conflict('errormessage.amendment.notPending')
  await updateAmendment(work.tx, id, { ...verdict, decidedBy: formatActor(work.caller.actor) }, work.now)
  work.audit({
    action: `amendment.${verdict.status.toLowerCase()}`,
    entityKind: 'amendment',
    entityId: id,
    studioId,
    diff: { status: [status, verdict.status] },
  })
}

async function findOpenGroup(work: PartnerWork, customerId: number, group: FieldGroup) {
  const found = await findDataGroup(work.tx, localSight(work), customerId, group)
  if (!found) throw notFound('customer', customerId)
  if (found.mode === 'READ') throw new ApiError(403, 'errormessage.selfService.readOnly')
  return found
}

async function supersede(work: UnitOfWork, customerId: number, group: FieldGroup) {
  const waiting = await lockPendingAmendment(work.tx, customerId, group)
  if (waiting) await settleAmendment(work, waiting, { status: 'SUPERSEDED' })
}

/** A customer's wish for other payment data is overtaken by a way of paying that was chosen otherwise. */
export const supersedePaymentData = async (work: UnitOfWork, customerId: number) => {
  const waiting = await lockPendingAmendment(work.tx, customerId, 'PAYMENT_DATA')
  if (waiting) await settleAmendment(work, waiting, { status: 'SUPERSEDED' })
}

interface Wish extends AmendmentPlan {
  readonly group: FieldGroup
  readonly status: 'PENDING' | 'APPLIED'
  readonly base: Values
  readonly customerId: number
  readonly studioId: number
}

async function storeWish(work: UnitOfWork, wish: Wish): Promise<number> {
  const { customerId, studioId, group: kind, status, base, proposed } = wish
  const actor = formatActor(work.caller.actor)
  const decided = status === 'APPLIED' ? { decidedAt: work.now, decidedBy: actor } : {}
  const changedFields = [...wish.changedFields]
  const request = { customerId, studioId, kind, status, base, proposed, changedFields, requestedBy: actor, ...decided }
  const id = await insertAmendment(work.tx, { ...request, requestedAt: work.now }, work.now)
  work.audit({
    action: status === 'APPLIED' ? 'amendment.applied' : 'amendment.requested',
    entityKind: 'amendment',
    entityId: id,
    studioId,
    diff: { status: [null, status], fields: [null, wish.changedFields] },
  })
  return id
}
