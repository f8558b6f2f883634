import { diffValues, hashed } from '../../platform/units/audit-values.ts'
import { type ApiError, badRequest } from '../../platform/errors/errors.ts'
import type { Secrets } from '../../platform/secrets.ts'
import type { PartnerWork } from '../../platform/units/work.ts'
import { type Assignment, type AssignmentRefusal, judgeAssignments, planAssignments } from './assignment-rules.ts'
import {
  deleteAssignments,
  listAssignableFields,
  listVisibleAssignments,
  saveAssignments,
} from './information-store.ts'
import { customerUpdated } from '../events.ts'
import { announceToHomeStudio } from '../home-studio-events.ts'
import { lockOwnCustomer } from '../reading/visibility.ts'

/**
 * Replaces what a customer has for the active fields of the key's studio, as a whole: of several calls at once the last
 * one stands. Answers what the customer has then, by field.
 */
export async function setAssignments(
  work: PartnerWork,
  customerId: number,
  wanted: readonly Assignment[],
  secrets: Secrets,
): Promise<readonly Assignment[]> {
  const { tx, now } = work
  const studioId = work.caller.studio.id
  await lockOwnCustomer(work, customerId)
  const refusal = judgeAssignments(wanted, await listAssignableFields(tx, studioId))
  if (refusal) throw refuseAssignment(refusal, '')
  const before = await listVisibleAssignments(tx, customerId, studioId)
  const { removed, saved } = planAssignments(before, wanted)
  if (removed.length === 0 && saved.length === 0) return before
  await deleteAssignments(tx, customerId, removed)
  await saveAssignments(tx, customerId, saved, now)
  const after = await listVisibleAssignments(tx, customerId, studioId)
  work.audit({
    action: 'customer.informationUpdated',
    entityKind: 'customer',
    entityId: customerId,
    studioId,
    diff: diffValues(assignedValues(before), assignedValues(after, before), (field, value) =>
      hashed(secrets, field, value),
    ),
  })
  await announceToHomeStudio(work, customerUpdated, customerId)
  return after
}

/** The error of a refusal; `path` is where the list stands in the body. */
export function refuseAssignment({ index, member, reason }: AssignmentRefusal, path: string): ApiError {
  const reference = `${path}[${index}].${member}`
  const errors: Readonly<Record<typeof reason, ApiError>> = {
    duplicate: badRequest('errormessage.additionalInformationField.duplicate', { reference }),
    unknown: badRequest('errormessage.additionalInformationField.unknown', { reference }),
    valueInvalid: badRequest('errormessage.additionalInformationField.valueInvalid', { reference }),
  }
  return errors[reason]
}

/** Values by field; fields of `others` that have none are there without one, so that a removal shows. */
function assignedValues(assignments: readonly Assignment[], others: readonly Assignment[] = []) {
  const none = others.map(({ additionalInformationFieldId: id }) => [`field ${id}`, null] as const)
  const some = assignments.map(({ additionalInformationFieldId: id, value }) => [`field ${id}`, value] as const)
  return Object.fromEntries<string | null>([...none, ...some])
}
