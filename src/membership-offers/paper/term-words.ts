import type { PaperRow } from '../../platform/paper/paper.ts'
import type { RunTimeTerms } from '../pricing/plan.ts'
import type { Term } from '../pricing/terms.ts'
import type { Speaker } from '../wording.ts'

/** How long something lasts, how it goes on, and how it is canceled; `nextRate` is what it goes on as, if it does so. */
export function describeRunTime(terms: RunTimeTerms, nextRate: string | undefined, speaker: Speaker): PaperRow[] {
  const { initialTerm, endsNotBefore, cancelationPeriod = noPeriod, extensionCancelationPeriod } = terms
  const notice = (period: Term) => describeNotice(terms, period, speaker)
  return [
    [speaker.say('contracttext.paper.initialTerm'), speaker.length(initialTerm)],
    ...(endsNotBefore
      ? [[speaker.say('contracttext.paper.endsNotBefore'), speaker.day(endsNotBefore.subtract({ days: 1 }))] as const]
      : []),
    ...terms.bonusPeriods.map((bonus): PaperRow => [speaker.say('offertext.line.bonus'), speaker.length(bonus.term)]),
    [speaker.say('contracttext.paper.extension'), describeExtension(terms, nextRate, speaker)],
    [speaker.say('contracttext.paper.notice'), notice(cancelationPeriod)],
    ...(extensionCancelationPeriod
      ? [[speaker.say('contracttext.paper.noticeExtended'), notice(extensionCancelationPeriod)] as const]
      : []),
  ]
}

const noPeriod: Term = { value: 0, unit: 'DAY' }

function describeExtension({ extension }: RunTimeTerms, nextRate: string | undefined, speaker: Speaker): string {
  if (extension.type === 'SUBSEQUENT_RATE_DETAIL')
    return speaker.say('contracttext.paper.extensionRate', nextRate ?? '–')
  if (extension.type !== 'TERM_EXTENSION') return speaker.say('contracttext.paper.extensionNone')
  const { first, next } = extension
  const parts = [
    ...(first ? [speaker.say('contracttext.paper.extensionOnce', speaker.length(first))] : []),
    ...(next ? [speaker.say('contracttext.paper.extensionBy', speaker.length(next))] : []),
  ]
  return parts.length === 0 ? speaker.say('contracttext.paper.extensionNone') : parts.join('; ')
}

function describeNotice({ cancelationStrategy }: RunTimeTerms, period: Term, speaker: Speaker): string {
  const code = cancelationStrategy === 'TERM' ? 'contracttext.paper.noticeTerm' : 'contracttext.paper.noticeReceipt'
  return speaker.say(code, speaker.length(period))
}
