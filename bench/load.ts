import autocannon from 'autocannon'

export interface Load {
  readonly url: string
  readonly headers?: Readonly<Record<string, string>>
  readonly seconds: number
  readonly connections: number
  /** Path of the n-th request. */
  readonly path: (n: number) => string
  readonly method?: 'GET' | 'POST' | 'PUT'
  /** Method of the n-th request, where they differ. */
  readonly chooseMethod?: (n: number) => 'GET' | 'POST'
  readonly body?: (n: number) => string | Buffer
  /** Headers of the n-th request. */
  readonly makeHeaders?: (n: number) => Readonly<Record<string, string>>
}

export interface LoadResult {
  readonly perSecond: number
  readonly p50Ms: number
  readonly p99Ms: number
  readonly not2xx: number
  /** Answers that are no 503, whatever a rule said. */
  readonly goodPerSecond: number
  /** 503. */
  readonly refused: number
  /** Connections that broke, and requests without an answer. */
  readonly errors: number
}

let sent = 0

/** Keeps `connections` requests under way for `seconds`, and returns how many answers came per second. */
export async function runLoad(load: Load): Promise<LoadResult> {
  const result = await autocannon({
    url: load.url,
    connections: load.connections,
    duration: load.seconds,
    requests: [
      {
        method: load.method ?? 'GET',
        headers: { ...(load.body ? { 'content-type': 'application/json' } : {}), ...load.headers },
        setupRequest: (request) => {
          const n = sent++
          const headers = load.makeHeaders
            ? { headers: { ...(request.headers as object), ...load.makeHeaders(n) } }
            : {}
          const method = load.chooseMethod ? { method: load.chooseMethod(n) } : {}
          return { ...request, path: load.path(n), ...method, ...headers, ...(load.body ? { body: load.body(n) } : {}) }
        },
      },
    ],
  })
  const refused = result.statusCodeStats?.['503']?.count ?? 0
  return {
    goodPerSecond: (result['2xx'] + result.non2xx - refused) / result.duration,
    refused,
    errors: result.errors + result.timeouts,
    perSecond: result['2xx'] / result.duration,
    p50Ms: result.latency.p50,
    p99Ms: result.latency.p99,
    not2xx: result.non2xx + result.errors,
  }
}

/** Runs two loads in turn, three times each, and compares their medians: what the machine does meanwhile hits both. */
export async function compare(ours: Load, floor: Load): Promise<{ ours: LoadResult; floor: LoadResult }> {
  await runLoad({ ...ours, seconds: 2 })
  await runLoad({ ...floor, seconds: 2 })
  const mine: LoadResult[] = []
  const theirs: LoadResult[] = []
  for (let round = 0; round < 3; round++) {
    mine.push(await runLoad(ours))
    theirs.push(await runLoad(floor))
  }
  return { ours: median(mine), floor: median(theirs) }
}

function median(results: readonly LoadResult[]): LoadResult {
  const sorted = [...results].sort((a, b) => a.perSecond - b.perSecond)
  const middle = sorted[Math.floor(sorted.length / 2)]
  if (!middle) throw new Error('Nothing was measured.')
  const worst = Math.max(...results.map(({ not2xx }) => not2xx))
  return { ...middle, not2xx: worst }
}
