import { storeMinor } from '../../accounts/index.ts'
import { findIntegration } from '../../integrations/index.ts'
import { type ApiError, badRequest, conflict, notFound, refuseFields, violation } from '../../platform/errors/errors.ts'
import { diffValues } from '../../platform/units/audit-values.ts'
import type { UnitOfWork } from '../../platform/units/work.ts'
import { defined } from '../../platform/values/defined.ts'
import { readMoney } from '../../platform/values/money.ts'
import { findStudio } from '../../studios/index.ts'
import { debtCollectionConfigurationUpdated } from '../events.ts'
import {
  type AgencyContract,
  type AgencyContractChanges,
  insertAgencyContract,
  lockAgencyContract,
  type NewAgencyContract,
  updateAgencyContractRow,
} from './agency-store.ts'

/** What staff set of an agency contract; `minTotal` is decimal text in the currency of the studio. */
type Wish = { readonly [K in keyof AgencyContractChanges]?: AgencyContractChanges[K] | undefined }

/** Lets a studio hand debts over to an agency from now on. Refuses (409) a second active contract. */
export async function createAgencyContract(work: UnitOfWork, wish: Omit<NewAgencyContract, 'state'>): Promise<number> {
  const { studioId, integrationId } = wish
  const studio = await findStudio(work.db, studioId)
  if (!studio) throw notFound('studio', studioId)
  if (!(await findIntegration(work.db, integrationId))) throw notFound('integration', integrationId)
  const minTotal = readLeast(wish.minTotal, studio.currency)
  const row = { ...wish, minTotal, state: 'ACTIVE' } as const
  const agencyContractId = await insertAgencyContract(work.tx, row, work.now)
  if (agencyContractId === undefined) throw conflict('errormessage.agencyContract.activeExists')
  recordChange(
    work,
    { id: agencyContractId, studioId, integrationId },
    { action: 'created', diff: diffValues({}, row) },
  )
  return agencyContractId
}

function readLeast(amount: string, currency: string): string {
  const money = readMoney(amount, currency, 'minTotal')
  if (money.minor < 0n) throw refuseFields([violation('minTotal', 'min', { type: 'DECIMAL', value: 0 })])
  return storeMinor(money.minor, currency)
}

async function lock(work: UnitOfWork, agencyContractId: number): Promise<AgencyContract> {
  const agencyContract = await lockAgencyContract(work.tx, agencyContractId)
  if (!agencyContract) throw notFound('agencyContract', agencyContractId)
  return agencyContract
}

/** Changes what holds for cases and runs from now on, and sends the agency an event. */
export async function updateAgencyContract(work: UnitOfWork, agencyContractId: number, wish: Wish) {
  const before = await lock(work, agencyContractId)
  const studio = await findStudio(work.db, before.studioId)
  const minTotal = wish.minTotal === undefined ? undefined : readLeast(wish.minTotal, studio?.currency ?? 'EUR')
  const changes = defined({ ...wish, minTotal })
  const diff = diffValues<AgencyContractChanges>(before, changes)
  if (Object.keys(diff).length === 0) return
  await updateAgencyContractRow(work.tx, agencyContractId, changes, work.now)
  recordChange(work, before, { action: 'updated', diff })
}

const next = { ENDED: ['ACTIVE'], TERMINATED: ['ACTIVE', 'ENDED'] } as const

/**
 * Ends an agency contract: nothing is handed over any more. TERMINATED: what the agency reports is refused as well.
 * Refuses (400) to go back.
 */
export async function endAgencyContract(work: UnitOfWork, agencyContractId: number, state: 'ENDED' | 'TERMINATED') {
  const before = await lock(work, agencyContractId)
  if (before.state === state) return
  if (!(next[state] as readonly string[]).includes(before.state)) throw refuseStep(before.state, state)
  await updateAgencyContractRow(work.tx, agencyContractId, { state }, work.now)
  recordChange(work, before, {
    action: state === 'ENDED' ? 'ended' : 'terminated',
    diff: { state: [before.state, state] },
  })
}

function refuseStep(from: string, to: string): ApiError {
  const args = [
    { type: 'ENUM', value: from },
    { type: 'ENUM', value: to },
  ] as const
  return badRequest('errormessage.agencyContract.statusTransition', { args })
}

interface Noted {
  readonly action: 'created' | 'updated' | 'ended' | 'terminated'
  readonly diff: ReturnType<typeof diffValues>
}

function recordChange(
  work: UnitOfWork,
  { id, studioId, integrationId }: Pick<AgencyContract, 'id' | 'studioId' | 'integrationId'>,
  { action, diff }: Noted,
) {
  work.audit({ action: `agencyContract.${action}`, entityKind: 'agencyContract', entityId: id, studioId, diff })
  const about = { entityId: studioId, audienceStudioIds: [studioId], onlyIntegrationId: integrationId }
  work.emit(debtCollectionConfigurationUpdated(about))
}
