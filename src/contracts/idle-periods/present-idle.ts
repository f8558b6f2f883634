import type { Static } from 'typebox'
import { toMoney } from '../../membership-offers/index.ts'
import { presentMoney } from '../../platform/api/values.ts'
import { chooseDisposition, fileLink } from '../../platform/files/links.ts'
import type { ModuleDeps } from '../../platform/module-deps.ts'
import type { PartnerView } from '../../platform/units/work.ts'
import { presentFeeConfig } from '../idle-config/fee-config.ts'
import type { IdlePeriodRow } from '../signed/contract-store.ts'
import type { IdlePolicySnapshot } from '../signed/snapshot.ts'
import { findIdleFee } from './fee-rules.ts'
import type { IdlePeriod } from './idle-schemas.ts'
import { findMimes, findReasons, type ReasonRow } from './idle-store.ts'
import { readWished } from './pending-change.ts'
import type { IdleFacts } from './request-rules.ts'

export type IdlePeriodAnswer = Static<typeof IdlePeriod>

/** Pauses as partners read them, in the given order; those whose change waits as they are wished. */
export async function presentIdlePeriods(
  view: PartnerView,
  rows: readonly IdlePeriodRow[],
  facts: IdleFacts,
  deps: ModuleDeps,
): Promise<IdlePeriodAnswer[]> {
  const wished = rows.map(readWished)
  const reasons = await findReasons(
    view.db,
    wished.flatMap(({ reasonId }) => reasonId ?? []),
  )
  const mimes = await findMimes(
    view.db,
    wished.flatMap(({ documentId }) => documentId ?? []),
  )
  return wished.map((row) => {
    const mime = row.documentId === null ? undefined : mimes.get(row.documentId)
    const file = mime !== undefined && { fileId: row.documentId as number, disposition: chooseDisposition(mime) }
    const link = file && fileLink(deps, { tenantSlug: view.caller.tenant.slug, ...file }, view.now)
    return { ...presentRow(row, facts, reasons), ...(link ? { documentUrl: link } : {}) }
  })
}

/** Pauses that were taken over may have no reason. */
const noReason: ReasonRow = { id: 0, name: '', documentRequired: false }

function presentRow(
  row: IdlePeriodRow,
  { contract, timeline, today }: IdleFacts,
  reasons: ReadonlyMap<number, ReasonRow>,
): IdlePeriodAnswer {
  const { currency } = contract.plan
  const policy = row.policySnapshot
  const fee = findIdleFee(row, { contract, phases: timeline.phases, today })
  const reason = reasons.get(row.reasonId ?? 0) ?? noReason
  return {
    id: row.id,
    startDate: row.startDate.toString(),
    endDate: (row.endDate ?? timeline.end).toString(),
    unlimited: row.unlimited,
    state: row.state === 'ACCEPTED' ? 'ACCEPTED' : 'PENDING_VERIFICATION',
    idlePeriodFeeCalculationConfig: presentFeeConfig(policy, currency),
    idlePeriodFee: {
      idlePeriodFeeCalculationType: policy.feeType ?? 'NONE',
      idlePeriodTotalAmount: presentMoney(fee.total),
      ...presentBasis(policy, currency),
      idlePeriodFeeCalculationTerm: { value: fee.chargedUnits, unit: policy.temporalUnit ?? 'DAY' },
    },
    idlePeriodReason: { ...reason },
    reason: reason.name,
    fee: presentMoney(fee.total),
  }
}

function presentBasis({ feeType, amount, amountPerUnit, percentage }: Partial<IdlePolicySnapshot>, currency: string) {
  const read = (text: string | null | undefined) => presentMoney(toMoney(text ?? '0', currency))
  if (feeType === 'ABSOLUTE') return { idlePeriodFeeCalculationAmount: read(amount) }
  if (feeType === 'TERM_BASED') return { idlePeriodFeeCalculationAmount: read(amountPerUnit) }
  return feeType === 'RELATIVE' ? { idlePeriodFeeCalculationPercentage: Number(percentage ?? '0') } : {}
}
