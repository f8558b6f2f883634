import { setImmediate as turnOver } from 'node:timers/promises'
import type { View } from '../../platform/units/work.ts'
import type { CustomerRow } from '../customer-row.ts'
import { findCustomer, listCustomersById } from './representation-store.ts'
import type { Sight } from './sight.ts'

/** The customers that are asked for in one turn of the event loop with the same sight. */
interface Gathering {
  readonly wanted: Set<number>
  readonly rows: Promise<ReadonlyMap<number, CustomerRow>>
}

const gatherings = new Map<string, Gathering>()

/**
 * One visible customer, as {@link findCustomer}. Under load many ask at once: those of one turn share a statement, which is
 * sent after the last of them has come, on the connection of the first. Nobody sees anything older than his own request.
 */
export async function findGathered(view: View, sight: Sight, customerId: number): Promise<CustomerRow | undefined> {
  const key = `${view.caller.tenantId}:${sight.integrationId}:${sight.studioIds}`
  const gathering = gatherings.get(key) ?? gather(view, sight, key)
  gathering.wanted.add(customerId)
  return (await gathering.rows).get(customerId)
}

function gather({ db }: View, sight: Sight, key: string): Gathering {
  const wanted = new Set<number>()
  const read = async () => {
    await turnOver()
    gatherings.delete(key)
    const [first = 0, ...others] = wanted
    const rows =
      others.length === 0 ? [await findCustomer(db, sight, first)] : await listCustomersById(db, sight, [...wanted])
    return new Map(rows.flatMap((row) => (row ? [[row.id, row]] : [])))
  }
  const gathering = { wanted, rows: read() }
  gatherings.set(key, gathering)
  return gathering
}
