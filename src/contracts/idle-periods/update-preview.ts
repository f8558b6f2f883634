import type { Static } from 'typebox'
import {
  listContractClaims,
  type PlannedClaim,
  type PlannedOutcome,
  previewPlannedClaims,
} from '../../accounts/index.ts'
import { wantedLines } from '../../membership-offers/index.ts'
import { presentMoney } from '../../platform/api/values.ts'
import type { PartnerView } from '../../platform/units/work.ts'
import { listWantedClaims } from '../changing/contract-claims.ts'
import type { SignedContract } from '../signed/signed-contract-facts.ts'
import { readState, readTimeline } from '../timeline/timeline-rules.ts'
import { findIdleFacts } from './idle-loading.ts'
import type { IdlePeriodUpdatePreview } from './idle-schemas.ts'
import { renameLines } from './idle-store.ts'
import { moveEnd } from './moved-end-rules.ts'
import type { IdleFacts } from './request-rules.ts'
import { applyUpdate, findChangedFrom, type IdleUpdate, judgeUpdate } from './update-rules.ts'
import { type NamedPause, requirePause } from './withdraw-idle.ts'

type Preview = Static<typeof IdlePeriodUpdatePreview>

/** What a change of a pause would do: the new end of the contract, and all that then falls due from today on. */
export async function previewUpdate(
  view: PartnerView,
  { contractId, idlePeriodId, update }: NamedPause & { readonly update: IdleUpdate & { readonly reasonId: number } },
): Promise<Preview> {
  const facts = await findIdleFacts(view, contractId)
  const row = requirePause(facts, idlePeriodId)
  const validationStatus = judgeUpdate(update, row, facts)
  if (validationStatus !== 'IDLEPERIOD_UPDATABLE') return { validationStatus }
  const change = applyUpdate(update, row, facts)
  const policySnapshot = await renameLines(view.db, row, update)
  const wished = { ...row, ...change, policySnapshot, state: 'ACCEPTED' as const, pendingChange: null }
  const changed = changeContract(facts, wished)
  const stored = await listContractClaims(view.db, contractId)
  const { today } = facts
  const days = { today, effectiveFrom: findChangedFrom(row, change, today) }
  const charges = previewPlannedClaims(listWantedClaims(changed, today), stored, days)
  const full = findFullPrices(changed, today)
  return {
    validationStatus,
    previewEndDate: readTimeline(changed, today).end.toString(),
    previewCharges: charges.map((charge) => presentCharge(charge, full, changed.plan.currency)),
  }
}

/** The contract with the pause as it would be; a cancelation moves along. */
function changeContract(
  { contract, today }: IdleFacts,
  changed: SignedContract['idlePeriods'][number],
): SignedContract {
  const idlePeriods = contract.idlePeriods.map((each) => (each.id === changed.id ? changed : each))
  const after = { ...contract, idlePeriods }
  const { cancelation } = contract
  if (!cancelation || cancelation.kind === 'SWITCH') return after
  const toDate = moveEnd(cancelation.toDate, { contract, today }, { contract: after, today })
  return { ...after, cancelation: { ...cancelation, toDate } }
}

type Key = Pick<PlannedClaim, 'component' | 'componentId' | 'periodFrom'>
const makeKey = ({ component, componentId, periodFrom }: Key) => `${component} ${componentId} ${periodFrom}`

/** What each line costs without the voucher, where one makes it cheaper. */
function findFullPrices(contract: SignedContract, today: Temporal.PlainDate): ReadonlyMap<string, bigint> {
  if (contract.row.snapshot.voucher === undefined) return new Map()
  return new Map(
    wantedLines(contract.plan, readState(contract, today)).flatMap((line) =>
      line.component === 'BONUS' || line.undiscounted.minor === line.amount.minor
        ? []
        : [[makeKey({ ...line, component: line.component }), line.undiscounted.minor] as const],
    ),
  )
}

function presentCharge(charge: PlannedOutcome, full: ReadonlyMap<string, bigint>, currency: string) {
  const show = (minor: bigint) => presentMoney({ minor, currency })
  // A difference to what is booked already has no price of its own.
  const undiscounted = charge.seq === 0 ? full.get(makeKey(charge)) : undefined
  return {
    paidPeriodFrom: charge.serviceFrom.toString(),
    paidPeriodTo: charge.serviceTo.toString(),
    dueDate: charge.dueDate.toString(),
    description: charge.description,
    amount: show(undiscounted ?? charge.amount),
    ...(undiscounted === undefined ? {} : { discountedAmount: show(charge.amount) }),
    chargeType: charge.chargeType,
  }
}
