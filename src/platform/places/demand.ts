import type { ShedClass } from '../api/operation.ts'

/** On whose behalf a place of work or a connection is asked for. */
export interface Demand {
  readonly rank: ShedClass
  /** Whose uses are counted together: an activation, a device, or one kind of work beside the requests. */
  readonly holder: string
  readonly tenantId: number | 'none'
  /** How long it waits for a connection; as the pool says unless it is given. */
  readonly patienceMs?: number
}

/** Of a request: its patience is that of its class. */
export type RequestDemand = Demand & { readonly patienceMs: number }

/** What each holder and each tenant has in hand at the moment. */
export class Held {
  readonly #byHolder = new Map<string, number>()
  readonly #byTenant = new Map<number | 'none', number>()
  readonly #byRank = new Map<ShedClass, number>()
  total = 0

  add({ holder, tenantId, rank }: Demand, count: 1 | -1 = 1) {
    this.total += count
    change(this.#byHolder, holder, count)
    change(this.#byTenant, tenantId, count)
    change(this.#byRank, rank, count)
  }

  drop(demand: Demand) {
    this.add(demand, -1)
  }

  ofHolder(holder: string): number {
    return this.#byHolder.get(holder) ?? 0
  }

  ofTenant(tenantId: number | 'none'): number {
    return this.#byTenant.get(tenantId) ?? 0
  }

  ofRank(rank: ShedClass): number {
    return this.#byRank.get(rank) ?? 0
  }
}

/** Forgets what has come to nothing: holders come and go for as long as the process lives. */
function change<K>(counts: Map<K, number>, key: K, by: number) {
  const count = (counts.get(key) ?? 0) + by
  if (count === 0) counts.delete(key)
  else counts.set(key, count)
}
