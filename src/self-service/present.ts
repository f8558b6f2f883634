import type { Output } from '../platform/api/operation.ts'
import type { PartnerView } from '../platform/units/work.ts'
import { defined, nonNull } from '../platform/values/defined.ts'
import { type FieldGroup, overlay, type Values } from './amendment-rules.ts'
import type { Amendment, findDataGroup } from './amendment-store.ts'
import type { AmendmentAnswer } from './amendments.ts'
import { readGroup } from './data-changes.ts'
import type * as api from './api.ts'

/** The answers of each group, and what it answers to a wish. */
export interface GroupAnswers {
  readonly CONTACT_DATA: [
    Output<typeof api.getCustomerContactData>,
    Output<typeof api.createCustomerContactDataAmendment>,
  ]
  readonly ADDRESS_DATA: [
    Output<typeof api.getCustomerAddressData>,
    Output<typeof api.createCustomerAddressDataAmendment>,
  ]
  readonly MASTER_DATA: [Output<typeof api.getCustomerMasterData>, Output<typeof api.createCustomerMasterDataAmendment>]
}

/** What stands for values that the API requires and nobody knows. */
const unknown: Readonly<Record<FieldGroup, Readonly<Record<string, string | null>>>> = {
  CONTACT_DATA: {},
  ADDRESS_DATA: { street: '', zipCode: '', city: '', countryCode: '' },
  MASTER_DATA: { dateOfBirth: null },
}

/** A group of data with what the studio allows and the wish that waits. */
export function presentGroup<G extends FieldGroup>(
  group: G,
  { customer, mode, pending }: NonNullable<Awaited<ReturnType<typeof findDataGroup>>>,
): GroupAnswers[G][0] {
  const current = readGroup(group, customer)
  const waiting = pending && {
    id: pending.id,
    values: overlay(group, current, { proposed: pending.proposed ?? {}, changedFields: pending.changedFields }),
  }
  return {
    ...presentValues(group, current),
    amendmentConfigurationStatus: mode,
    ...nonNull({ pendingAmendment: waiting && presentWish(group, waiting) }),
  } as GroupAnswers[G][0]
}

export function presentWish<G extends FieldGroup>(group: G, { id, values }: AmendmentAnswer): GroupAnswers[G][1] {
  return { ...defined({ id }), ...presentValues(group, values) } as GroupAnswers[G][1]
}

function presentValues(group: FieldGroup, values: Values) {
  return { ...unknown[group], ...Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null)) }
}

/** A wish in the list of what became of all of them; without the values, which belong to the groups. */
export function presentAmendment(
  amendment: Amendment,
  { print, caller }: PartnerView,
): Output<typeof api.listCustomerAmendments>['result'][number] {
  const { id, kind, status, changedFields, requestedAt, decidedAt, reason } = amendment
  return {
    id,
    dataGroup: kind,
    status,
    changedFields,
    requestedDateTime: print.dateTime(requestedAt, caller.studio.zone),
    ...nonNull({ decidedDateTime: decidedAt && print.dateTime(decidedAt, caller.studio.zone) }),
    ...(status === 'REJECTED' && reason !== null ? { rejectionReason: reason } : {}),
  }
}
