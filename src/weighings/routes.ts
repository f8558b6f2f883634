import type { Operations } from '../platform/http/operations.ts'
import type { ModuleDeps } from '../platform/module-deps.ts'
import type { Secrets } from '../platform/secrets.ts'
import { getReadDeps } from '../customers/index.ts'
import { nonNull } from '../platform/values/defined.ts'
import * as api from './api.ts'
import { bodyFields } from './weighing-rules.ts'
import type { WeighingRow } from './store.ts'
import { addWeighing, getMeasurement } from './weighings.ts'

export function weighingRoutes({ read, write }: Operations, deps: ModuleDeps) {
  const readDeps = getReadDeps(deps)
  const { secrets } = readDeps
  read(api.getCustomerMeasurement, async (view, { query }) => {
    const { operationId } = api.getCustomerMeasurement
    const { customer, age, height } = await getMeasurement(view, query, readDeps, operationId)
    const { id, firstName, lastName, gender, dateOfBirth } = customer
    return { id, firstName, lastName, gender, ...nonNull({ age, dateOfBirth, height }) }
  })
  write(api.createCustomerWeighing, async (work, { params, query, body }) => {
    const { databaseId: _, rawResults, ...values } = body
    const benefitKey = query.benefitKey?.trim() || undefined
    const row = await addWeighing(work, params.customerId, { values, rawResults, benefitKey }, secrets)
    return presentWeighing(row, secrets)
  })
}

function presentWeighing(row: WeighingRow, secrets: Secrets): api.CustomerWeighings {
  const values = bodyFields.flatMap((field) => (row[field] === null ? [] : [[field, Number(row[field])]]))
  const rawResults = row.rawResultsEnc === null ? '' : secrets.open('field', row.rawResultsEnc)
  return { databaseId: row.id, ...Object.fromEntries(values), rawResults }
}
