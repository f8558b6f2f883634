import type { UnitOfWork } from '../../platform/units/work.ts'
import type { SignedContract } from '../signed/signed-contract-facts.ts'
import type { ModuleTimeline, Timeline } from '../timeline/timeline-rules.ts'
import { deletePhasesAfter, insertPhase, movePhase, updateContract, updateSubContract } from './change-store.ts'

/** Stores how far a contract and its modules are committed, and the phases that follow from it. Answers what has moved. */
export async function storeTimeline(
  work: UnitOfWork,
  contract: SignedContract,
  timeline: Timeline,
  modules: readonly ModuleTimeline[],
): Promise<{ readonly hasMoved: boolean; readonly movedModules: readonly number[] }> {
  const havePhasesMoved = await storePhases(work, contract, timeline)
  const { row } = contract
  const stand = { extensionIndex: timeline.index, committedEnd: timeline.end, endIsFinal: timeline.isFinal }
  const hasEndMoved = !row.committedEnd.equals(timeline.end)
  const isSame = !hasEndMoved && row.extensionIndex === stand.extensionIndex && row.endIsFinal === stand.endIsFinal
  if (!isSame) await updateContract(work.tx, row.id, stand, work.now)
  const movedModules: number[] = []
  for (const module of modules) if (await storeModule(work, module)) movedModules.push(module.sub.row.id)
  return { hasMoved: hasEndMoved || havePhasesMoved, movedModules }
}

async function storeModule(work: UnitOfWork, { sub: { row }, end, isFinal, index }: ModuleTimeline): Promise<boolean> {
  const hasMoved = end === undefined ? row.committedEnd !== null : !(row.committedEnd?.equals(end) ?? false)
  if (!hasMoved && row.endIsFinal === isFinal && row.extensionIndex === index) return false
  const stand = { extensionIndex: index, committedEnd: end ?? null, endIsFinal: isFinal }
  await updateSubContract(work.tx, row.id, stand, work.now)
  return hasMoved
}

/** Phase 0 stays; the others begin where the one before ends. */
async function storePhases({ tx, now }: UnitOfWork, contract: SignedContract, { phases }: Timeline): Promise<boolean> {
  const { row, phases: stored } = contract
  let hasMoved = false
  for (const [seq, { plan }] of phases.entries()) {
    if (seq === 0) continue
    const known = stored.find((phase) => phase.seq === seq)
    const next = row.snapshot.laterRates?.[seq - 1]
    if (known && !known.fromDate.equals(plan.start)) await movePhase(tx, known.id, plan.start)
    if (!known && next) {
      const { rateId, ...snapshot } = next
      await insertPhase(tx, { contractId: row.id, seq, fromDate: plan.start, rateId, snapshot, createdAt: now })
    }
    hasMoved ||= !(known?.fromDate.equals(plan.start) ?? false)
  }
  const last = phases.length - 1
  if (!stored.some(({ seq }) => seq > last)) return hasMoved
  await deletePhasesAfter(tx, row.id, last)
  return true
}
