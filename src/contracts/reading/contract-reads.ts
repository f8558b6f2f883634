import { findOwnCustomer } from '../../customers/index.ts'
import { dateIn } from '../../platform/time/zoned-time.ts'
import { fileLink, type LinkSigner } from '../../platform/files/links.ts'
import type { PartnerView } from '../../platform/units/work.ts'
import { loadCustomerContracts } from '../changing/loading.ts'
import { listPrintedFiles } from '../document/document-store.ts'
import type { SignedContract } from '../signed/signed-contract-facts.ts'
import type { Contract, SelfServiceContract } from './contract-schemas.ts'
import { presentContract, presentOwnContract } from './present-contract.ts'
import { isAfter } from '../../platform/time/order.ts'

interface ContractQuestion {
  readonly customerId: number
  /** Left out: all. */
  readonly status: Contract['contractStatus'] | undefined
}

/**
 * The contracts of a customer whom the caller may see, also those whose signing was taken back, with links to the documents
 * that are printed.
 */
export async function listContracts(
  view: PartnerView,
  { customerId, status }: ContractQuestion,
  signer: LinkSigner,
): Promise<Contract[]> {
  const [contracts, printed] = await Promise.all([
    listOnTheirDay(view, customerId),
    listPrintedFiles(view.db, customerId),
  ])
  const link = (contractId: number) => {
    const fileId = printed.get(contractId)
    const file = { tenantSlug: view.caller.tenant.slug, disposition: 'attachment' } as const
    return fileId === undefined ? {} : { signedDocumentUrl: fileLink(signer, { ...file, fileId }, view.now) }
  }
  return contracts
    .map(({ contract, today }) => ({ ...presentContract(contract, today, view.print), ...link(contract.row.id) }))
    .filter(({ contractStatus }) => status === undefined || contractStatus === status)
}

/** The contracts of a customer of the studio as the member sees them: running ones first, then those to come, then ended ones. */
export async function listOwnContracts(view: PartnerView, customerId: number): Promise<SelfServiceContract[]> {
  await findOwnCustomer(view, customerId)
  const contracts = await listOnTheirDay(view, customerId)
  const standing = contracts.filter(({ contract }) => contract.row.voidedAt === null)
  const shown = standing.map(({ contract, today }) => ({
    data: presentOwnContract(contract, today),
    isToCome: isAfter(contract.plan.useFrom, today),
  }))
  const rank = ({ data, isToCome }: (typeof shown)[number]) => (data.contractStatus === 'ACTIVE' ? 0 : isToCome ? 1 : 2)
  return shown
    .toSorted((a, b) => rank(a) - rank(b) || b.data.startDate.localeCompare(a.data.startDate) || a.data.id - b.data.id)
    .map(({ data }) => data)
}

/** The contracts of a customer, each with the present day of its studio, or that on which its signing was taken back. */
async function listOnTheirDay(
  { db, now }: Pick<PartnerView, 'db' | 'now'>,
  customerId: number,
): Promise<{ readonly contract: SignedContract; readonly today: Temporal.PlainDate }[]> {
  const contracts = await loadCustomerContracts(db, customerId)
  return contracts.map((contract) => ({
    contract,
    today: dateIn(contract.row.voidedAt ?? now, contract.studio.zone),
  }))
}
