import { notFound } from '../../platform/errors/errors.ts'
import { dateIn } from '../../platform/time/zoned-time.ts'
import type { PartnerView, View } from '../../platform/units/work.ts'
import { listAmendmentConfig } from '../../self-service/index.ts'
import { loadContracts } from '../changing/loading.ts'
import { findOwnContract } from '../own-contracts.ts'
import type { SignedContract } from '../signed/signed-contract-facts.ts'
import { readTimeline } from '../timeline/timeline-rules.ts'
import type { IdleFacts } from './request-rules.ts'

/** What a wish of a partner is judged by; a contract that the key does not see is unknown (404). */
export async function findIdleFacts(view: PartnerView, contractId: number): Promise<IdleFacts> {
  const { id } = await findOwnContract(view, contractId)
  const [contract] = await loadContracts(view.db, [id])
  if (!contract) throw notFound('contract', contractId)
  return openFacts(view, contract, view.caller.studio.id)
}

/** The same for a contract that has been read, by the settings of a studio. */
export async function openFacts(view: View, contract: SignedContract, studioId: number): Promise<IdleFacts> {
  const today = dateIn(view.now, contract.studio.zone)
  const modes = await listAmendmentConfig(view, studioId)
  const mode = modes.find(({ kind }) => kind === 'IDLE_PERIOD')?.mode ?? 'READ'
  return { contract, today, mode, timeline: readTimeline(contract, today) }
}
