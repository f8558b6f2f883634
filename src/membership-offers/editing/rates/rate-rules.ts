import type { Violation } from '../../../platform/errors/errors.ts'
import { percentFaults } from '../frequency-rules.ts'
import { duplicateFaults, fault, fieldFaults } from '../refusals.ts'
import type { IdlePolicyDocument, RateDocument, TextBlockDocument } from './rate-schemas.ts'

/** What is wrong about a rate as far as the document alone says it. */
export function rateFaults({ services, ...rate }: RateDocument): Violation[] {
  const lacks = rate.checkinEverywhere ? ['checkinStudioIds'] : []
  return [
    ...fieldFaults('', rate, { kind: 'checkinEverywhere', needs: [], lacks }),
    ...duplicateFaults(
      'services',
      services.map(({ serviceId }) => String(serviceId)),
    ),
  ]
}

const feeFields: Readonly<Record<IdlePolicyDocument['feeType'], readonly string[]>> = {
  NONE: [],
  ABSOLUTE: ['amount'],
  TERM_BASED: ['amountPerUnit'],
  RELATIVE: ['percentage'],
}

/** What is wrong about an idle policy: each fee needs its amount, and a pause without end has no total. */
export function idlePolicyFaults(policy: IdlePolicyDocument): Violation[] {
  const { feeType: kind, unlimitedAllowed, recurringCharges, percentage } = policy
  const needs = feeFields[kind]
  const lacks = Object.values(feeFields)
    .flat()
    .filter((name) => !needs.includes(name))
  const hasTotal = kind === 'NONE' || kind === 'ABSOLUTE' || recurringCharges
  return [
    ...fieldFaults('', policy, { kind, needs, lacks }),
    ...percentFaults('percentage', percentage),
    ...(unlimitedAllowed && !hasTotal ? [fault('unlimitedAllowed', 'unlimitedPauseUnpriced')] : []),
  ]
}

/** What is wrong about a text block; `hasDocument` says whether it has been given a file. */
export function textBlockFaults(block: TextBlockDocument, hasDocument: boolean): Violation[] {
  const { attachmentType: kind } = block
  const isUrl = kind === 'URL'
  const missing = kind === 'FILE' && !hasDocument
  return [
    ...fieldFaults('', block, { kind, needs: isUrl ? ['url'] : [], lacks: isUrl ? [] : ['url', 'urlTitle'] }),
    ...(missing ? [fault('attachmentType', 'fieldNeeded', 'document', kind)] : []),
  ]
}
