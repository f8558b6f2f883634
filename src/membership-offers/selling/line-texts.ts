import type { ContractLine } from '../pricing/contract-line.ts'
import type { ContractPlan } from '../pricing/plan.ts'
import type { Speaker } from '../wording.ts'

/** What a line is for. Previews and claims say the same, so the speaker has the language of the studio. */
export function describeLine(
  line: Pick<ContractLine, 'component' | 'componentId'>,
  { plan, rateName }: { readonly plan: ContractPlan; readonly rateName: string },
  speaker: Speaker,
): string {
  switch (line.component) {
    case 'RATE':
      return speaker.say('offertext.line.contract', rateName)
    case 'PRE_USE':
      return speaker.say('offertext.line.preUse')
    case 'BONUS':
      return speaker.say('offertext.line.bonus')
    case 'FLAT_FEE':
      return findName(plan.flatFees, line.componentId)
    case 'MODULE':
      return findName(plan.modules, line.componentId)
  }
}

function findName(parts: readonly { readonly componentId: number; readonly name: string }[], wanted: number): string {
  return parts.find(({ componentId }) => componentId === wanted)?.name ?? ''
}
