import { listContractClaims, postCreditNotes, takeBackCredit } from '../../accounts/index.ts'
import { returnRedemption } from '../../membership-offers/index.ts'
import { earlierDate } from '../../platform/time/order.ts'
import { badRequest } from '../../platform/errors/errors.ts'
import { dateIn } from '../../platform/time/zoned-time.ts'
import type { UnitOfWork } from '../../platform/units/work.ts'
import { endPauses } from '../changing/end-pauses.ts'
import { finishChange } from '../changing/finish-change.ts'
import { updateCancelationState } from '../changing/row-changes.ts'
import { contractReversed, moduleDeleted } from '../events.ts'
import type { SignedContract } from '../signed/signed-contract-facts.ts'
import { keyOfVoucherCredit } from '../signing/signing-store.ts'
import { returnToPredecessor } from './predecessor.ts'
import { markVoid } from './void-store.ts'
import { findLastUsedDay } from './withdrawal-rules.ts'

export interface Voiding {
  /** Why, as partners and staff read it. */
  readonly reason: string
  /** Whether the days that were used are charged. */
  readonly chargesUsedDays: boolean
}

/** What has moved on the account of the member, minor units. */
export interface Voided {
  /** What the member gets back of what was booked. */
  readonly credited: bigint
  /** Credit that the voucher had given, and that is taken back. */
  readonly takenBack: bigint
}

/**
 * Takes the signing of a contract back: its lines are credited, its modules and pauses end, and it entitles to nothing. Its
 * voucher can be redeemed again, and gives back what it gave. Used days are charged if so wished. A contract that had
 * replaced another one gives way to it again, and then costs nothing. `all` are the contracts of the customer, locked.
 * Refuses (400) while an agency collects one of its claims.
 */
export async function voidContract(
  work: UnitOfWork,
  { contract, all }: { readonly contract: SignedContract; readonly all: readonly SignedContract[] },
  { reason, chargesUsedDays }: Voiding,
): Promise<Voided> {
  const { id: contractId, customerId, signingDate } = contract.row
  await refuseCollected(work, contractId)
  const code = await returnRedemption(work, contractId)
  const booked = await sumBooked(work, contractId)
  const today = dateIn(work.now, contract.studio.zone)
  const back = await returnToPredecessor(work, { contract, all })
  const usedUntil = chargesUsedDays && !back ? findLastUsedDay(contract, today) : null
  await rejectWaiting(work, contract)
  const endedPauses = await endPauses(work, contract, today)
  await markVoid(work.tx, contractId, { reversalReason: reason, usedUntil }, work.now)
  const about = { entityId: customerId, customerId, audienceStudioIds: [contract.homeStudioId] }
  await finishChange(work, {
    contractId,
    action: 'contract.reversed',
    effectiveFrom: earlierDate(contract.plan.useFrom, signingDate),
    diff: { reversalReason: [null, reason], usedUntil: [null, usedUntil?.toString() ?? null] },
    event: contractReversed,
    moreEvents: [
      ...listModules(contract, back?.moduleContractIds ?? []).map((moduleContractId) =>
        moduleDeleted({ ...about, content: { contractId, moduleContractId } }),
      ),
      ...endedPauses,
    ],
  })
  await postCreditNotes(work, { contractId, customerId })
  const credited = booked - (await sumBooked(work, contractId))
  const journalKey = keyOfVoucherCredit(contractId)
  const taken = code === undefined ? code : await takeBackCredit(work, { customerId, description: code, journalKey })
  return { credited, takenBack: taken?.minor ?? 0n }
}

/** What an agency collects is its own until the case is closed. */
export async function refuseCollected(work: UnitOfWork, contractId: number) {
  const claims = await listContractClaims(work.tx, contractId)
  const collected = claims.find(({ collectionState }) => collectionState !== 'NONE')
  if (!collected) return
  const args = [{ type: 'INTEGER', value: collected.id }] as const
  throw badRequest('errormessage.account.claimInDebtCollection', { args })
}

async function sumBooked(work: UnitOfWork, contractId: number): Promise<bigint> {
  const claims = await listContractClaims(work.tx, contractId)
  return claims
    .filter(({ state, payer }) => state === 'POSTED' && payer === 'MEMBER')
    .reduce((sum, { amount }) => sum + amount, 0n)
}

/** Cancelations that wait for staff come to nothing; those in effect stay as they are written. */
async function rejectWaiting(work: UnitOfWork, { cancelation, subContracts }: SignedContract) {
  const all = [cancelation, ...subContracts.map((sub) => sub.cancelation)]
  for (const each of all) {
    if (each?.state === 'PENDING') await updateCancelationState(work.tx, each.id, 'REJECTED', work.now)
  }
}

function listModules({ subContracts }: SignedContract, returned: readonly number[]): number[] {
  return subContracts.flatMap(({ row: { id, kind, voidedAt } }) =>
    kind === 'MODULE' && voidedAt === null && !returned.includes(id) ? [id] : [],
  )
}
