import { and, asc, eq, inArray, type SQL, sql } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import { customers } from '../../customers/index.ts'
import { prepared, type Queryable, type Tx } from '../../platform/database/database.ts'
import { studios } from '../../studios/tables.ts'
import { contractCancelations, contractPhases, contracts, idlePeriods, subContracts } from '../tables.ts'

export type ContractRow = typeof contracts.$inferSelect
export type PhaseRow = typeof contractPhases.$inferSelect
export type SubContractRow = typeof subContracts.$inferSelect
export type IdlePeriodRow = typeof idlePeriods.$inferSelect
export type CancelationRow = typeof contractCancelations.$inferSelect

/** The rows of a contract, with what it needs to know of its studio and its customer. */
export interface ContractRows {
  readonly row: ContractRow
  readonly studio: { readonly zone: string; readonly currency: string }
  /** Where the customer is at home: partners of this studio receive the events. */
  readonly homeStudioId: number
  readonly phases: readonly PhaseRow[]
  readonly subContracts: readonly SubContractRow[]
  /** Those that wait for staff or are accepted, by their first day. */
  readonly idlePeriods: readonly IdlePeriodRow[]
  /** The live ones: of the contract, and of its modules. */
  readonly cancelations: readonly CancelationRow[]
}

const live = ['PENDING', 'EFFECTIVE', 'WITHDRAWAL_PENDING'] as const

const isAmong = (column: PgColumn) => sql`${column} = any(${sql.placeholder('ids')}::bigint[])`

function selectRows(db: Queryable, which: SQL) {
  return db
    .select({ row: contracts, zone: studios.timeZone, currency: studios.currency, homeStudioId: customers.studioId })
    .from(contracts)
    .innerJoin(studios, and(eq(studios.tenantId, contracts.tenantId), eq(studios.id, contracts.studioId)))
    .innerJoin(customers, and(eq(customers.tenantId, contracts.tenantId), eq(customers.id, contracts.customerId)))
    .where(which)
    .orderBy(asc(contracts.startDate), asc(contracts.id))
}

const rowsById = prepared((db) => selectRows(db, isAmong(contracts.id)).prepare('contracts_list_by_id'))
const rowsByCustomer = prepared((db) =>
  selectRows(db, isAmong(contracts.customerId)).prepare('contracts_list_by_customer'),
)

const phaseRows = prepared((db) =>
  db
    .select()
    .from(contractPhases)
    .where(isAmong(contractPhases.contractId))
    .orderBy(asc(contractPhases.seq))
    .prepare('contracts_list_phases'),
)

const subRows = prepared((db) =>
  db
    .select()
    .from(subContracts)
    .where(isAmong(subContracts.contractId))
    .orderBy(asc(subContracts.id))
    .prepare('contracts_list_sub_contracts'),
)

const livePauseRows = prepared((db) =>
  db
    .select()
    .from(idlePeriods)
    .where(and(isAmong(idlePeriods.contractId), inArray(idlePeriods.state, ['PENDING_VERIFICATION', 'ACCEPTED'])))
    .orderBy(asc(idlePeriods.startDate), asc(idlePeriods.id))
    .prepare('contracts_list_live_pauses'),
)

const isLive = inArray(contractCancelations.state, [...live])

const liveCancelationRows = prepared((db) =>
  db
    .select()
    .from(contractCancelations)
    .where(and(isAmong(contractCancelations.contractId), isLive))
    .prepare('contracts_list_live_cancelations'),
)

const liveModuleCancelationRows = prepared((db) =>
  db
    .select()
    .from(contractCancelations)
    .where(and(isAmong(contractCancelations.subContractId), isLive))
    .prepare('contracts_list_live_module_cancelations'),
)

/** Which contracts: some by their ids, or all of a customer. */
export type WantedContracts = { readonly ids: readonly number[] } | { readonly customerId: number }

/** The contracts with all that belongs to them, by their start; voided ones too. */
export async function loadContractRows(db: Queryable, wanted: WantedContracts): Promise<ContractRows[]> {
  const rows = await ('ids' in wanted
    ? rowsById(db).execute({ ids: wanted.ids })
    : rowsByCustomer(db).execute({ ids: [wanted.customerId] }))
  const ids = rows.map(({ row }) => row.id)
  if (ids.length === 0) return []
  const [phases, subs, pauses, ofContracts] = await Promise.all([
    phaseRows(db).execute({ ids }),
    subRows(db).execute({ ids }),
    livePauseRows(db).execute({ ids }),
    liveCancelationRows(db).execute({ ids }),
  ])
  const subIds = subs.map(({ id }) => id)
  const ofModules = subIds.length === 0 ? [] : await liveModuleCancelationRows(db).execute({ ids: subIds })
  const cancelations = [...ofContracts, ...ofModules]
  return rows.map(({ row, zone, currency, homeStudioId }) => {
    const own = subs.filter(({ contractId }) => contractId === row.id)
    const ownIds = new Set(own.map(({ id }) => id))
    return {
      row,
      studio: { zone, currency },
      homeStudioId,
      phases: phases.filter(({ contractId }) => contractId === row.id),
      subContracts: own,
      idlePeriods: pauses.filter(({ contractId }) => contractId === row.id),
      cancelations: cancelations.filter(
        ({ contractId, subContractId }) =>
          contractId === row.id || (subContractId !== null && ownIds.has(subContractId)),
      ),
    }
  })
}

/**
 * Locks contracts with their module contracts and pauses, each by ascending id. The customer is locked before. Answers
 * the ids of the contracts.
 */
export async function lockContractRows(tx: Tx, which: SQL | undefined): Promise<number[]> {
  const rows = await tx
    .select({ id: contracts.id })
    .from(contracts)
    .where(which)
    .orderBy(asc(contracts.id))
    .for('update')
  const ids = rows.map(({ id }) => id)
  if (ids.length === 0) return ids
  await tx
    .select({ id: subContracts.id })
    .from(subContracts)
    .where(inArray(subContracts.contractId, ids))
    .orderBy(asc(subContracts.id))
    .for('update')
  await tx
    .select({ id: idlePeriods.id })
    .from(idlePeriods)
    .where(inArray(idlePeriods.contractId, ids))
    .orderBy(asc(idlePeriods.id))
    .for('update')
  return ids
}
