import { lockOwnCustomer } from '../../customers/index.ts'
import { openHouseSpeaker } from '../../membership-offers/index.ts'
import { badRequest, notFound } from '../../platform/errors/errors.ts'
import type { ModuleDeps } from '../../platform/module-deps.ts'
import { dateIn } from '../../platform/time/zoned-time.ts'
import type { PartnerWork } from '../../platform/units/work.ts'
import type { NamedContract } from '../canceling/own-cancelation.ts'
import { loadContractsForChange } from '../changing/loading.ts'
import { voidContract } from './void-contract.ts'
import { findWithdrawalTerms } from './void-store.ts'
import { isWithdrawalOver } from './withdrawal-rules.ts'

const reasonText = 'offertext.reason.withdrawal'

/**
 * A member takes the signing of a contract back, as the law grants for some days, whatever members may do themselves
 * otherwise. Refuses (400) when the days that the studio grants are over, or when the contract is void already.
 */
export async function withdrawContract(
  work: PartnerWork,
  { customerId, contractId }: NamedContract,
  deps: Pick<ModuleDeps, 'texts'>,
) {
  await lockOwnCustomer(work, customerId)
  const all = await loadContractsForChange(work, { customerId })
  const contract = all.find(({ row }) => row.id === contractId)
  if (!contract) throw notFound('contract', contractId)
  const { row, studio } = contract
  const terms = await findWithdrawalTerms(work.tx, row.studioId)
  const isOver = isWithdrawalOver(row, terms, dateIn(work.now, studio.zone))
  if (row.voidedAt !== null || isOver) throw badRequest('errormessage.contract.withdrawalPeriodOver')
  const speaker = await openHouseSpeaker({ db: work.tx, caller: work.caller }, deps)
  const { chargesUsedDays } = terms
  await voidContract(work, { contract, all }, { reason: speaker.say(reasonText), chargesUsedDays })
}
