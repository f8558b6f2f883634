import { notFound } from '../platform/errors/errors.ts'
import type { Operations } from '../platform/http/operations.ts'
import type { ModuleDeps } from '../platform/module-deps.ts'
import { idSlice, parseOffset } from '../platform/api/slices.ts'
import type { PartnerView, PartnerWork } from '../platform/units/work.ts'
import { type AccessLog, findOwnCustomer, localSight, lockOwnCustomer, getReadDeps } from '../customers/index.ts'
import type { FieldGroup } from './amendment-rules.ts'
import { findDataGroup, listCustomerAmendments } from './amendment-store.ts'
import { type AmendmentInput, createAmendment, withdrawAmendment } from './amendments.ts'
import * as api from './api.ts'
import { type GroupAnswers, presentAmendment, presentGroup, presentWish } from './present.ts'

interface OfCustomer {
  readonly params: { readonly customerId: number }
}

export function selfServiceRoutes({ read, write }: Operations, deps: ModuleDeps) {
  const { secrets, accessLog } = getReadDeps(deps)
  const show = <G extends FieldGroup>(view: PartnerView, customerId: number, group: G) =>
    getGroup(view, { customerId, group, accessLog })
  read(api.getCustomerContactData, (view, { params }) => show(view, params.customerId, 'CONTACT_DATA'))
  read(api.getCustomerAddressData, (view, { params }) => show(view, params.customerId, 'ADDRESS_DATA'))
  read(api.getCustomerMasterData, (view, { params }) => show(view, params.customerId, 'MASTER_DATA'))

  const wish = async <G extends FieldGroup>(work: PartnerWork, input: AmendmentInput & { readonly group: G }) =>
    presentWish<G>(input.group, await createAmendment(work, input, secrets))
  const manner = { lock: (work: PartnerWork, { params }: OfCustomer) => lockOwnCustomer(work, params.customerId) }
  write(
    api.createCustomerContactDataAmendment,
    (work, { params, body }) => wish(work, { ...params, group: 'CONTACT_DATA', body }),
    manner,
  )
  write(
    api.createCustomerAddressDataAmendment,
    (work, { params, body }) => wish(work, { ...params, group: 'ADDRESS_DATA', body }),
    manner,
  )
  write(
    api.createCustomerMasterDataAmendment,
    (work, { params, body }) => wish(work, { ...params, group: 'MASTER_DATA', body }),
    manner,
  )

  write(api.withdrawAmendment, (work, { params }) => withdrawAmendment(work, params.customerId, params.amendmentId))
  read(api.listCustomerAmendments, async (view, { params: { customerId }, query }) => {
    const { offset, sliceSize } = query
    await findOwnCustomer(view, customerId)
    const rows = await listCustomerAmendments(view.db, customerId, { after: parseOffset(offset), limit: sliceSize + 1 })
    const slice = idSlice(rows, sliceSize, offset, ({ id }) => id)
    return { ...slice, result: slice.result.map((row) => presentAmendment(row, view)) }
  })
}

const operationByGroup: Readonly<Record<FieldGroup, string>> = {
  CONTACT_DATA: 'getCustomerContactData',
  ADDRESS_DATA: 'getCustomerAddressData',
  MASTER_DATA: 'getCustomerMasterData',
}

/** The data of one customer; the read is logged. */
async function getGroup<G extends FieldGroup>(
  view: PartnerView,
  { customerId, group, accessLog }: { customerId: number; group: G; accessLog: AccessLog },
): Promise<GroupAnswers[G][0]> {
  const found = await findDataGroup(view.db, localSight(view), customerId, group)
  if (!found) throw notFound('customer', customerId)
  accessLog.record(view, operationByGroup[group], customerId)
  return presentGroup(group, found)
}
