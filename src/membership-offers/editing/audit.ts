import { diffValues } from '../../platform/units/audit-values.ts'
import type { UnitOfWork } from '../../platform/units/work.ts'

type Document = Readonly<Record<string, unknown>>

/** Records what a document has changed, and nothing where nothing has changed. */
export function auditDocument(
  work: UnitOfWork,
  {
    kind,
    id,
    before,
    after,
  }: { readonly kind: string; readonly id: number; readonly before: Document | undefined; readonly after: Document },
) {
  const { version: _was, ...old } = before ?? {}
  const { version: _is, ...now } = after
  const emptied = Object.fromEntries(Object.keys(old).map((name) => [name, undefined]))
  const diff = diffValues<Record<string, unknown>>(old, { ...emptied, ...now })
  if (Object.keys(diff).length === 0) return
  work.audit({ action: `${kind}.${before ? 'updated' : 'created'}`, entityKind: kind, entityId: id, diff })
}
