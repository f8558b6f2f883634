import { compare, type Load } from '../load.ts'
import type { BenchRow, Setting } from '../report.ts'
import { ids } from '../world.ts'

const CONNECTIONS = 8
const SLICE = 500
/** Last names of the world that no longer one begins with. */
const NAMES = { first: 1000, count: 6919 }
/** What a list may cost the server, at a million customers. */
const BUDGET_MS = { search: 100, slice: 300 }

/** Members whose last name begins with what was typed; one more of them with each 7 919 members of the studio. */
export async function measureNameSearch(setting: Setting): Promise<BenchRow> {
  const name = (n: number) => `Bullock${NAMES.first + ((n * 2647) % NAMES.count)}`
  const search: Partial<Load> = { method: 'POST', body: (n) => JSON.stringify({ lastName: name(n) }) }
  const { ours, floor } = await compare(
    { ...base(setting, setting.palestra.url, () => '/v1/customers/search'), headers: setting.headers, ...search },
    base(setting, setting.floor.url, (n) => `/names/${name(n).toLowerCase()}`),
  )
  return {
    ...row('POST search by the beginning of a last name', { ours, floor, budgetMs: BUDGET_MS.search }),
    findsMore: true,
  }
}

/** Five hundred full customers in one answer, from anywhere in the list. */
export async function measureSlice(setting: Setting): Promise<BenchRow> {
  const after = (n: number) => ids.firstCustomer + ((n * 7919) % Math.max(1, setting.customers - SLICE))
  const { ours, floor } = await compare(
    {
      ...base(setting, setting.palestra.url, (n) => `/v1/customers?offset=${after(n)}&sliceSize=${SLICE}`),
      headers: setting.headers,
    },
    base(setting, setting.floor.url, (n) => `/customers?after=${after(n)}`),
  )
  return row('GET slice of 500 customers', { ours, floor, budgetMs: BUDGET_MS.slice })
}

function base({ seconds }: Setting, url: string, path: (n: number) => string): Load {
  return { url, seconds, connections: CONNECTIONS, path }
}

type Measured = Awaited<ReturnType<typeof compare>>

function row(work: string, { ours, floor, budgetMs }: Measured & { readonly budgetMs: number }): BenchRow {
  return {
    work,
    ours: ours.perSecond,
    floor: floor.perSecond,
    ratio: ours.perSecond / floor.perSecond,
    atLeast: 0.25,
    aim: 0.6,
    note: `p99 ${ours.p99Ms} ms with ${CONNECTIONS} at once, budget ${budgetMs} ms`,
  }
}
