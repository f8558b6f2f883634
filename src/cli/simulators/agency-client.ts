import type { DebtCollectionUpdate, Debtor, DebtorUpdate } from '../../debt-collection/api-schemas.ts'
import { exitCode } from '../exit-codes.ts'
import { CommandFailure } from '../failures.ts'

const AT_ONCE = 50

/** Talks to a server as a debt collection agency does. */
export class AgencyClient {
  readonly #url: string
  readonly #key: string

  constructor(url: string, key: string) {
    this.#url = url.replace(/\/+$/, '')
    this.#key = key
  }

  /** The runs that were announced to the agency in the last 30 days. */
  async listRuns(): Promise<number[]> {
    const runIds = new Set<number>()
    for (let offset = '0'; ; ) {
      const query = `types=FINANCE_DEBT_COLLECTION_RUN_CREATED&sliceSize=100&offset=${offset}`
      const slice = await this.#call<Slice<{ entityId: number }>>('GET', `/ext/v1/events?${query}`)
      for (const { entityId } of slice.result) runIds.add(entityId)
      if (!slice.hasNext) return [...runIds]
      offset = slice.offset
    }
  }

  async findRun(runId: number): Promise<{ readonly status?: string; readonly collectionDate?: string }> {
    return this.#call('GET', `/v1/debt-collection/${runId}/details`)
  }

  async confirm(runId: number) {
    await this.#call('POST', `/v1/debt-collection/${runId}/confirmTransfer`)
  }

  async listDebtors(runId: number): Promise<Debtor[]> {
    const debtors: Debtor[] = []
    for (let offset = '0'; ; ) {
      const path = `/v1/debt-collection/${runId}/debtors?sliceSize=${AT_ONCE}&offset=${offset}`
      const slice = await this.#call<Slice<Debtor>>('GET', path)
      debtors.push(...slice.result)
      if (!slice.hasNext) return debtors
      offset = slice.offset
    }
  }

  /** How the cases of debtors stand with the studio. */
  async listCases(debtorIds: readonly string[]): Promise<DebtorUpdate[]> {
    const cases: DebtorUpdate[] = []
    for (let from = 0; from < debtorIds.length; from += AT_ONCE) {
      const ids = debtorIds.slice(from, from + AT_ONCE).map(encodeURIComponent)
      cases.push(...(await this.#call<DebtorUpdate[]>('GET', `/v1/debt-collection/cases?debtorId=${ids.join(',')}`)))
    }
    return cases
  }

  async report(update: DebtCollectionUpdate) {
    await this.#call('POST', '/v1/debt-collection/update', update)
  }

  async readConfiguration(): Promise<{ readonly debtCollectionType?: string }> {
    return this.#call('GET', '/v1/debt-collection/configuration')
  }

  async #call<T>(method: string, path: string, body?: unknown): Promise<T> {
    const headers = { 'x-api-key': this.#key, ...(body === undefined ? {} : { 'content-type': 'application/json' }) }
    const answer = await fetch(`${this.#url}${path}`, {
      method,
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }).catch(() => {
      throw new CommandFailure(`There is no server at ${this.#url}.`, exitCode.unreachable)
    })
    const text = await answer.text()
    if (answer.ok) return (text === '' ? undefined : JSON.parse(text)) as T
    throw new CommandFailure(`${method} ${path} was refused with ${answer.status}: ${readCode(text)}.`)
  }
}

interface Slice<T> {
  readonly result: readonly T[]
  readonly hasNext: boolean
  readonly offset: string
}

function readCode(text: string): string {
  try {
    const { errorCode, reference } = JSON.parse(text) as { errorCode?: string; reference?: string }
    return [errorCode, reference].filter(Boolean).join(' at ')
  } catch {
    return 'no answer that could be read'
  }
}
