import { characterCount } from '../../platform/validation/coerce.ts'
import { parseDate } from '../../platform/time/zoned-time.ts'

/** A field that the studio has defined, with the ids of its active list items. */
export interface AssignableField {
  readonly id: number
  readonly type: 'BOOLEAN' | 'DATE' | 'LIST' | 'NUMERIC' | 'TEXT'
  /** LIST only: several items at once. */
  readonly multi: boolean
  readonly itemIds: readonly number[]
}

export interface Assignment {
  readonly additionalInformationFieldId: number
  readonly value: string
}

export interface AssignmentRefusal {
  /** Position in the list of assignments. */
  readonly index: number
  readonly member: 'additionalInformationFieldId' | 'value'
  readonly reason: 'duplicate' | 'unknown' | 'valueInvalid'
}

const longestText = 1000

/** The first assignment, in the order of the list, that cannot be stored. */
export function judgeAssignments(
  assignments: readonly Assignment[],
  fields: readonly AssignableField[],
): AssignmentRefusal | undefined {
  const known = new Map(fields.map((field) => [field.id, field]))
  const seen = new Set<number>()
  for (const [index, { additionalInformationFieldId: id, value }] of assignments.entries()) {
    const refuse = (member: AssignmentRefusal['member'], reason: AssignmentRefusal['reason']) => ({
      index,
      member,
      reason,
    })
    const field = known.get(id)
    if (seen.has(id)) return refuse('additionalInformationFieldId', 'duplicate')
    if (!field) return refuse('additionalInformationFieldId', 'unknown')
    if (!fits(value, field)) return refuse('value', 'valueInvalid')
    seen.add(id)
  }
  return undefined
}

/** What to write so that `wanted` replaces `before`: fields that lose their value, and values that are new. */
export function planAssignments(before: readonly Assignment[], wanted: readonly Assignment[]) {
  const fieldId = ({ additionalInformationFieldId }: Assignment) => additionalInformationFieldId
  const stays = new Set(wanted.map(fieldId))
  const values = new Map(before.map((assignment) => [fieldId(assignment), assignment.value]))
  return {
    removed: before.map(fieldId).filter((id) => !stays.has(id)),
    saved: wanted.filter((assignment) => values.get(fieldId(assignment)) !== assignment.value),
  }
}

function fits(value: string, field: AssignableField): boolean {
  switch (field.type) {
    case 'BOOLEAN':
      return value === 'true' || value === 'false'
    case 'DATE':
      return parseDate(value) !== undefined
    case 'NUMERIC':
      return /^-?\d{1,18}$/.test(value)
    case 'LIST':
      return fitsList(value, field)
    case 'TEXT':
      return value !== '' && characterCount(value) <= longestText
  }
}

function fitsList(value: string, { itemIds, multi }: AssignableField): boolean {
  const chosen = value.split(',')
  const isKnown = chosen.every((text) => itemIds.some((id) => String(id) === text))
  return isKnown && new Set(chosen).size === chosen.length && (multi || chosen.length === 1)
}
