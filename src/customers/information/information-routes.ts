import type { Operations } from '../../platform/http/operations.ts'
import type { ModuleDeps } from '../../platform/module-deps.ts'
import { nonNull } from '../../platform/values/defined.ts'
import { setAssignments } from './assignments.ts'
import * as api from './information-api.ts'
import { type FieldRow, type ItemRow, listActiveFields, listItems } from './information-store.ts'

export function informationRoutes({ read, write }: Operations, { secrets }: ModuleDeps) {
  read(api.getAdditionalInformationFields, async ({ db, caller }) => {
    const fields = await listActiveFields(db, caller.studio.id)
    const lists = fields.flatMap(({ id, type }) => (type === 'LIST' ? [id] : []))
    const items = lists.length === 0 ? [] : await listItems(db, lists)
    return fields.map((field) => presentField(field, items))
  })
  write(api.setAdditionalInformationFieldAssignments, async (work, { params: { customerId }, body }) => [
    ...(await setAssignments(work, customerId, body, secrets)),
  ])
}

function presentField({ id, name, type, abbreviation }: FieldRow, items: readonly ItemRow[]) {
  const listItems = items
    .filter(({ fieldId, active }) => fieldId === id && active)
    .map((item) => ({ id: item.id, name: item.name }))
  return { id, name, type, ...nonNull({ abbreviation }), ...(type === 'LIST' ? { listItems } : {}) }
}
