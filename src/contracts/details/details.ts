import { notFound, refuseFields, violation } from '../../platform/errors/errors.ts'
import { hashed } from '../../platform/units/audit-values.ts'
import type { UnitOfWork } from '../../platform/units/work.ts'
import { listKnownStudioIds } from '../../studios/index.ts'
import { lockContract } from '../changing/loading.ts'
import { checkinStudiosUpdated, contractUpdated } from '../events.ts'
import type { SignedContract } from '../signed/signed-contract-facts.ts'
import { listCheckinStudios, replaceCheckinStudios, updateNotes } from './details-store.ts'

export interface ContractDetails {
  /** Empty: none. */
  readonly notes?: string | undefined
  readonly checkinStudioIds?: readonly number[] | undefined
  readonly checkinEverywhere?: boolean | undefined
}

/**
 * Staff change the notes on a contract, and where it lets its member in. What is as it was sends no event. Contracts that
 * were taken back are unknown (404).
 */
export async function changeDetails(work: UnitOfWork, contractId: number, { notes, ...doors }: ContractDetails) {
  const contract = await lockContract(work, contractId)
  if (notes !== undefined) await changeNotes(work, contract, notes === '' ? null : notes)
  const studioIds = await readDoors(work, doors)
  if (studioIds) await changeDoors(work, contract, studioIds)
}

async function readDoors(
  work: UnitOfWork,
  { checkinStudioIds, checkinEverywhere }: Omit<ContractDetails, 'notes'>,
): Promise<readonly (number | null)[] | undefined> {
  if (checkinEverywhere !== true) {
    const known = new Set(await listKnownStudioIds(work.tx, checkinStudioIds ?? []))
    const unknown = checkinStudioIds?.find((id) => !known.has(id))
    if (unknown !== undefined) throw notFound('studio', unknown)
    return checkinStudioIds?.toSorted((a, b) => a - b)
  }
  if (checkinStudioIds) throw refuseFields([violation('checkinStudioIds', 'enum')])
  return [null]
}

async function changeNotes(work: UnitOfWork, contract: SignedContract, notes: string | null) {
  const { id, notes: before, studioId } = contract.row
  if (notes === before) return
  await updateNotes(work.tx, id, notes, work.now)
  const { secrets } = work.installation
  const diff = { notes: [hashed(secrets, 'notes', before), hashed(secrets, 'notes', notes)] } as const
  work.audit({ action: 'contract.noted', entityKind: 'contract', entityId: id, studioId, diff })
  work.emit(contractUpdated({ ...about(contract), content: { contractId: id } }))
}

async function changeDoors(work: UnitOfWork, contract: SignedContract, studioIds: readonly (number | null)[]) {
  const { id, studioId } = contract.row
  const before = await listCheckinStudios(work.tx, id)
  if (before.join() === studioIds.join() && before.length === studioIds.length) return
  await replaceCheckinStudios(work.tx, id, studioIds, work.now)
  const diff = { checkinStudioIds: [before, studioIds] } as const
  work.audit({ action: 'contract.checkinStudiosSet', entityKind: 'contract', entityId: id, studioId, diff })
  work.emit(checkinStudiosUpdated({ ...about(contract), content: { contractId: id } }))
}

function about({ row: { customerId }, homeStudioId }: SignedContract) {
  return { entityId: customerId, customerId, audienceStudioIds: [homeStudioId] }
}
