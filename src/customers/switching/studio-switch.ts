import { createHash } from 'node:crypto'
import { formatActor } from '../../platform/units/caller.ts'
import { ApiError, badRequest, notFound } from '../../platform/errors/errors.ts'
import type { PartnerWork, UnitOfWork } from '../../platform/units/work.ts'
import { dateIn } from '../../platform/time/zoned-time.ts'
import { findStudio } from '../../studios/index.ts'
import { findHomeStudioId } from '../creation/creation-store.ts'
import { customerHooks } from '../hooks.ts'
import { judgeSwitch, type SwitchRefusal } from './switch-rules.ts'
import {
  findPreviousSwitch,
  insertSwitch,
  isSwitched,
  listInformedIntegrations,
  updateHomeStudio,
} from './switch-store.ts'
import { localSight } from '../reading/sight.ts'
import { lockCustomers, lockVisibleCustomer } from '../reading/visibility-store.ts'
import { customerAccessDisabled, homeStudioUpdated } from '../events.ts'

export interface SwitchRequest {
  readonly customerId: number
  readonly targetStudioId: number
  /** The first day on which the customer belongs to the target, in the past three months. */
  readonly switchDate: Temporal.PlainDate
  readonly description?: string | undefined
}

/** For so long the same call again is answered like the first one: the caller cannot see the customer any more. */
const REPEATABLE_HOURS = 24

/** Moves a customer of the key's own studio to another studio of the tenant. */
export async function switchOwnCustomer(work: PartnerWork, request: SwitchRequest) {
  const { tx, now, caller } = work
  const { customerId, targetStudioId, switchDate } = request
  const locked = await lockVisibleCustomer(tx, localSight(work), customerId)
  const asked = [caller.activation.id, customerId, targetStudioId, switchDate.toString()]
  const requestHash = createHash('sha256').update(asked.join('|')).digest()
  const since = now.subtract({ hours: REPEATABLE_HOURS })
  if (await isSwitched(tx, { customerId, requestHash, since })) return
  if (!locked) throw notFound('customer', customerId)
  await moveCustomer(work, request, { sourceId: locked.studioId, requestHash })
}

/** The same by staff, whatever studio the customer belongs to. */
export async function switchStudio(work: UnitOfWork, request: SwitchRequest) {
  const { tx } = work
  await lockCustomers(tx, [request.customerId])
  const sourceId = await findHomeStudioId(tx, request.customerId)
  if (sourceId === undefined) throw notFound('customer', request.customerId)
  await moveCustomer(work, request, { sourceId })
}

async function moveCustomer(
  work: UnitOfWork,
  { customerId, targetStudioId, switchDate, description }: SwitchRequest,
  { sourceId, requestHash }: { readonly sourceId: number; readonly requestHash?: Buffer },
) {
  const { tx, now } = work
  const [source, target] = [await findStudio(tx, sourceId), await findStudio(tx, targetStudioId)]
  if (!source) throw notFound('studio', sourceId)
  const previousOn = await findPreviousSwitch(tx, customerId)
  const today = dateIn(now, source.timeZone)
  const refusal = judgeSwitch({ source, target, switchDate, previousOn, today })
  if (refusal) throw toRefusal(refusal)
  await updateHomeStudio(tx, customerId, targetStudioId, now)
  const entry = { customerId, fromStudio: sourceId, toStudio: targetStudioId, switchDate }
  const remarks = { description: description ?? null, actor: formatActor(work.caller.actor) }
  await insertSwitch(tx, { ...entry, ...remarks, requestHash: requestHash ?? null }, now)
  const move = { customerId, fromStudioId: sourceId, toStudioId: targetStudioId, switchDate }
  for (const hook of customerHooks().onStudioSwitch) await hook(work, move)
  work.audit({
    action: 'customer.studioSwitched',
    entityKind: 'customer',
    entityId: customerId,
    studioId: sourceId,
    diff: { studioId: [sourceId, targetStudioId], switchDate: [null, switchDate.toString()] },
  })
  await announceSwitch(work, customerId, { sourceId, targetId: targetStudioId })
}

/** Both studios receive the move; an integration that loses sight of the customer receives that last. */
async function announceSwitch(
  { tx, emit }: UnitOfWork,
  customerId: number,
  { sourceId, targetId }: { readonly sourceId: number; readonly targetId: number },
) {
  const about = { entityId: customerId, customerId }
  const content = { sourceStudioId: sourceId, targetStudioId: targetId }
  emit(homeStudioUpdated({ ...about, audienceStudioIds: [sourceId, targetId], content }))
  const staying = new Set(await listInformedIntegrations(tx, targetId, customerId))
  for (const onlyIntegrationId of await listInformedIntegrations(tx, sourceId, customerId)) {
    if (staying.has(onlyIntegrationId)) continue
    emit(customerAccessDisabled({ ...about, audienceStudioIds: [sourceId], onlyIntegrationId }))
  }
}

function toRefusal(reason: SwitchRefusal): ApiError {
  switch (reason) {
    case 'sameStudio':
      return badRequest('errormessage.studioSwitch.sameStudio', { reference: 'targetStudioId' })
    case 'targetNotFound':
      return new ApiError(404, 'errormessage.studioSwitch.targetNotFound', { reference: 'targetStudioId' })
    case 'dateInFuture':
      return badRequest('errormessage.studioSwitch.dateInFuture', { reference: 'switchDate' })
    case 'dateTooOld':
      return badRequest('errormessage.studioSwitch.dateTooOld', { reference: 'switchDate' })
    case 'beforePreviousSwitch':
      return badRequest('errormessage.studioSwitch.beforePreviousSwitch', { reference: 'switchDate' })
    case 'legalEntityDiffers':
      return badRequest('errormessage.studioSwitch.legalEntityDiffers', { reference: 'targetStudioId' })
    case 'currencyDiffers':
      return badRequest('errormessage.studioSwitch.currencyDiffers', { reference: 'targetStudioId' })
    case 'taxConfigurationDiffers':
      return badRequest('errormessage.studioSwitch.taxConfigurationDiffers', { reference: 'targetStudioId' })
  }
}
