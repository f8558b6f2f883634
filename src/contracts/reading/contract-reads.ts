import { findOwnCustomer } from '../../customers/index.ts'
import { dateIn } from '../../platform/time/zoned-time.ts'
import type { PartnerView } from '../../platform/units/work.ts'
import { loadCustomerContracts } from '../changing/loading.ts'
import type { SignedContract } from '../signed/signed-contract-facts.ts'
import type { Contract, SelfServiceContract } from './contract-schemas.ts'
import { presentContract, presentOwnContract } from './present-contract.ts'

/** The contracts of a customer whom the caller may see, each on the present day of its studio. */
export async function listContracts(
  view: Pick<PartnerView, 'db' | 'now'>,
  customerId: number,
  status: Contract['contractStatus'] | undefined,
): Promise<Contract[]> {
  const contracts = await listEffective(view, customerId)
  return contracts
    .map(({ contract, today }) => presentContract(contract, today))
    .filter(({ contractStatus }) => status === undefined || contractStatus === status)
}

/** The contracts of a customer of the studio as the member sees them: running ones first, then those to come, then ended ones. */
export async function listOwnContracts(view: PartnerView, customerId: number): Promise<SelfServiceContract[]> {
  await findOwnCustomer(view, customerId)
  const contracts = await listEffective(view, customerId)
  const shown = contracts.map(({ contract, today }) => ({
    data: presentOwnContract(contract, today),
    isToCome: Temporal.PlainDate.compare(contract.plan.useFrom, today) > 0,
  }))
  const rank = ({ data, isToCome }: (typeof shown)[number]) => (data.contractStatus === 'ACTIVE' ? 0 : isToCome ? 1 : 2)
  return shown
    .toSorted((a, b) => rank(a) - rank(b) || b.data.startDate.localeCompare(a.data.startDate) || a.data.id - b.data.id)
    .map(({ data }) => data)
}

async function listEffective(
  { db, now }: Pick<PartnerView, 'db' | 'now'>,
  customerId: number,
): Promise<{ readonly contract: SignedContract; readonly today: Temporal.PlainDate }[]> {
  const contracts = await loadCustomerContracts(db, customerId)
  return contracts
    .filter(({ row }) => row.voidedAt === null)
    .map((contract) => ({ contract, today: dateIn(now, contract.studio.zone) }))
}
