import { type Assignment, judgeAssignments } from '../customers/information/assignment-rules.ts'
import type { LeadAnswer, LeadField } from './draft-facts.ts'

/** The first answer that does not fit what is asked, as its path in the body; the whole list when one is missing. */
export function judgeAnswers(answers: readonly LeadAnswer[], fields: readonly LeadField[]): string | undefined {
  const known = new Map(fields.map((field) => [field.id, field]))
  const seen = new Set<number>()
  for (const [index, answer] of answers.entries()) {
    const at = `additionalInformation[${index}]`
    const field = known.get(answer.additionalFieldId)
    if (!field || seen.has(field.id)) return `${at}.additionalFieldId`
    seen.add(field.id)
    if (answer.value !== undefined && answer.values !== undefined) return `${at}.values`
    if (isEmpty(answer) ? field.mode === 'MANDATORY' : !fits(answer, field)) return `${at}.${answerField(answer)}`
  }
  const isComplete = fields.every(({ id, mode }) => mode !== 'MANDATORY' || seen.has(id))
  return isComplete ? undefined : 'additionalInformation'
}

/** The answers as customers keep them, items of lists by their ids; empty ones are left out. */
export function planAssignments(answers: readonly LeadAnswer[], fields: readonly LeadField[]): Assignment[] {
  return answers.flatMap((answer) => {
    const field = fields.find(({ id }) => id === answer.additionalFieldId)
    return !field || isEmpty(answer)
      ? []
      : [{ additionalInformationFieldId: field.id, value: storedForm(answer, field) }]
  })
}

const answerField = ({ values }: LeadAnswer) => (values === undefined ? 'value' : 'values')

function isEmpty({ value, values }: LeadAnswer): boolean {
  return (value ?? '').trim() === '' && (values ?? []).length === 0
}

function fits(answer: LeadAnswer, field: LeadField): boolean {
  if (answer.values !== undefined && !field.multi) return false
  const assignment = { additionalInformationFieldId: field.id, value: storedForm(answer, field) }
  const itemIds = field.items.map(({ id }) => id)
  return judgeAssignments([assignment], [{ ...field, itemIds }]) === undefined
}

/** Items are named here; a name that no item has makes a text that fits no list. */
function storedForm({ value = '', values }: LeadAnswer, { type, items }: LeadField): string {
  if (type !== 'LIST') return value
  const findItemId = (name: string) => items.find((item) => item.name === name)?.id ?? ''
  return (values ?? [value]).map(findItemId).join(',')
}
