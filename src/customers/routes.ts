import type { Operations } from '../platform/http/operations.ts'
import type { ModuleDeps } from '../platform/module-deps.ts'
import type { PartnerView } from '../platform/units/work.ts'
import { getReadDeps } from './reading/read-deps.ts'
import { accessRoutes } from './access/access-routes.ts'
import * as api from './api.ts'
import { createCustomer } from './creation/creation.ts'
import { numbersOfStudio } from './creation/identifiers.ts'
import type { CardNumberFormat } from './customer-schema.ts'
import { informationRoutes } from './information/information-routes.ts'
import { CustomerPresenter } from './present.ts'
import { getCustomer, getCustomerBy, listCustomers, type ReadDeps, searchCustomers } from './reading/reads.ts'
import type { SearchCriteria } from './reading/search-rules.ts'
import { switchOwnCustomer } from './switching/studio-switch.ts'
import { switchStudio } from './switching/switch-api.ts'
import { localSight, reachableSight } from './reading/sight.ts'

export function customerRoutes(operations: Operations, deps: ModuleDeps) {
  const readDeps = getReadDeps(deps)
  localRoutes(operations, deps, readDeps)
  crossStudioRoutes(operations, deps, readDeps)
  informationRoutes(operations, deps)
  accessRoutes(operations, deps, readDeps.accessLog)
}

function localRoutes(operations: Operations, deps: ModuleDeps, readDeps: ReadDeps) {
  const { read, write } = operations
  read(api.getCustomers, async (view, { query }) => {
    const { customerStatus: status, sliceSize, cardNumberFormat } = query
    const received = query.offset ?? query.lastOffsetId?.toString()
    const slice = await listCustomers(view, { status, received, sliceSize })
    const presenter = new CustomerPresenter(view, deps, cardNumberFormat)
    return { ...slice, result: slice.result.map((row) => presenter.present(row)) }
  })
  readOne(operations, { byId: api.getCustomerById, by: api.getCustomerBy, findSight: localSight }, deps, readDeps)
  read(api.searchCustomers, (view, { body }) => search(view, body, localSight(view), deps))
  write(
    api.createCustomer,
    async (work, { body }) => {
      const { studio } = work.caller
      const context = { studioId: studio.id, source: 'API', sight: localSight(work), secrets: deps.secrets } as const
      return { customerId: await createCustomer(work, body, context) }
    },
    { rows: (_input, { caller }) => [numbersOfStudio(caller.studio.id)] },
  )
  write(switchStudio, (work, { params: { customerId }, body: { switchDate, ...body } }) =>
    switchOwnCustomer(work, { customerId, switchDate: Temporal.PlainDate.from(switchDate), ...body }),
  )
}

function crossStudioRoutes(operations: Operations, deps: ModuleDeps, readDeps: ReadDeps) {
  const { getCrossStudioCustomerById: byId, getCrossStudioCustomerBy: by } = api
  readOne(operations, { byId, by, findSight: reachableSight }, deps, readDeps)
  operations.read(api.searchCrossStudioCustomers, (view, { body }) => search(view, body, reachableSight(view), deps))
}

interface ReadsOfOne {
  readonly byId: typeof api.getCustomerById
  readonly by: typeof api.getCustomerBy
  readonly findSight: typeof localSight
}

/** The two ways to one customer: by its id, or by a card, code or number. */
function readOne({ read }: Operations, { byId, by, findSight }: ReadsOfOne, deps: ModuleDeps, readDeps: ReadDeps) {
  read(by, async (view, { query }) => {
    const reading = { operation: by.operationId, sight: findSight(view) }
    const row = await getCustomerBy(view, query, reading, readDeps)
    return new CustomerPresenter(view, deps, query.cardNumberFormat).present(row)
  })
  read(byId, async (view, { params, query }) => {
    const reading = { operation: byId.operationId, sight: findSight(view) }
    const row = await getCustomer(view, params.customerId, reading, readDeps)
    return new CustomerPresenter(view, deps, query.cardNumberFormat).present(row)
  })
}

async function search(
  view: PartnerView,
  body: SearchCriteria & { readonly cardNumberFormat: CardNumberFormat },
  sight: ReturnType<typeof localSight>,
  deps: ModuleDeps,
) {
  const { rows, isTruncated } = await searchCustomers(view, body, sight)
  if (isTruncated) view.setHeader('x-result-truncated', 'true')
  const presenter = new CustomerPresenter(view, deps, body.cardNumberFormat)
  return rows.map((row) => presenter.present(row))
}
