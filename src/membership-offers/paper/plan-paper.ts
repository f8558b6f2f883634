import type { PaperBlock, PaperRow } from '../../platform/paper/paper.ts'
import type { ContractPlan, DiscountWindow, FlatFee, ModulePlan, VoucherTerms } from '../pricing/plan.ts'
import type { Speaker } from '../wording.ts'
import { describePrice, describeRatePrice, describeSize } from './price-words.ts'
import { describeRunTime } from './term-words.ts'

/** What a contract costs and how it ends, with the rates that follow; `rateNames` are those of the rates that do. */
export function describeTerms(plan: ContractPlan, rateNames: readonly string[], speaker: Speaker): PaperBlock[] {
  const [nextRate, ...later] = rateNames
  const rows = [...describeRatePrice(plan, speaker), ...describeRunTime(plan, nextRate, speaker)]
  const { subsequent } = plan
  return [
    { kind: 'rows', rows },
    ...(subsequent
      ? [
          { kind: 'heading', text: speaker.say('contracttext.paper.extensionRate', nextRate ?? '–') } as const,
          ...describeTerms(subsequent, later, speaker),
        ]
      : []),
  ]
}

/** Fees beside the rate, below their heading; nothing where there are none. */
export function describeFees(fees: readonly FlatFee[], speaker: Speaker): PaperBlock[] {
  const rows = fees.map((fee): PaperRow => [fee.name, describePrice(fee, speaker)])
  return listRows(speaker.say('contracttext.paper.fees'), rows)
}

/** Modules beside the rate, below a heading; `start` is the first day of their contract, where there is one. */
export function describeModules(
  heading: string,
  modules: readonly ModulePlan[],
  { start, speaker }: { readonly start?: Temporal.PlainDate; readonly speaker: Speaker },
): PaperBlock[] {
  return listRows(
    heading,
    modules.map((module): PaperRow => [module.name, describeModule(module, start, speaker)]),
  )
}

function describeModule(module: ModulePlan, start: Temporal.PlainDate | undefined, speaker: Speaker): string {
  const { paidFrom, runTime } = module
  const hasTrial = start !== undefined && !paidFrom.equals(start)
  return [
    describePrice(module, speaker),
    ...(hasTrial ? [speaker.say('contracttext.paper.paidFrom', speaker.day(paidFrom))] : []),
    ...(runTime ? describeRunTime(runTime, undefined, speaker).map(([label, value]) => `${label} – ${value}`) : []),
  ].join('\n')
}

/** What a redeemed voucher changes, below its code. */
export function describeVoucherTerms(
  { code, companyName }: { readonly code: string; readonly companyName: string | null },
  terms: VoucherTerms | undefined,
  speaker: Speaker,
): PaperRow[] {
  const parts = [
    ...(terms?.windows ?? []).map((window) =>
      speaker.say('offertext.voucher.discount', describeSize(window.change.off, speaker), lasting(window, speaker)),
    ),
    ...(terms?.companyShare
      ? [
          speaker.say(
            'offertext.voucher.companySplit',
            companyName ?? '',
            describeSize(terms.companyShare.part, speaker),
          ),
        ]
      : []),
    ...(terms?.omitsStarterPackage ? [speaker.say('offertext.voucher.noStarterPackage')] : []),
  ]
  return [[speaker.say('contracttext.paper.voucher'), [code, ...parts].join('\n')]]
}

function lasting({ effective, term }: DiscountWindow, speaker: Speaker): string {
  if (effective === 'TIME_BASED' && term) return speaker.say('offertext.voucher.timeBased', speaker.length(term))
  return speaker.say(effective === 'UNLIMITED' ? 'offertext.voucher.unlimited' : 'offertext.voucher.initialTerm')
}

/** Rows below a heading; nothing where there are none. */
export function listRows(heading: string, rows: readonly PaperRow[]): PaperBlock[] {
  return rows.length === 0
    ? []
    : [
        { kind: 'heading', text: heading },
        { kind: 'rows', rows },
      ]
}
