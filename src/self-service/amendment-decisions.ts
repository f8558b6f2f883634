import { diffValues } from '../platform/units/audit-values.ts'
import { badRequest, conflict, notFound, refuseFields, violation } from '../platform/errors/errors.ts'
import type { Secrets } from '../platform/secrets.ts'
import type { UnitOfWork, View } from '../platform/units/work.ts'
import { findStudio } from '../studios/index.ts'
import { type FieldGroup, groupFields, judgeConflict, type Values } from './amendment-rules.ts'
import {
  type Amendment,
  type AmendmentConfig,
  findAmendment,
  findData,
  listAmendmentConfigs,
  listAmendmentsAt,
  lockAmendment,
  moveAmendments,
  saveAmendmentConfig,
} from './amendment-store.ts'
import { amendmentKinds } from './tables.ts'
import { settleAmendment, valuesToWrite } from './amendments.ts'
import { changeData, readGroup } from './data-changes.ts'
import { acceptPayment } from './payment-amendments.ts'
import { lockCustomers, type StudioSwitchHook } from '../customers/index.ts'

/** The most that an inbox shows at once. */
const INBOX = 500

/**
 * Lets a wish come true. It is refused when another writer changed one of its fields since it was made, unless `force`.
 */
export async function acceptAmendment(
  work: UnitOfWork,
  amendmentId: number,
  { force = false, secrets }: { readonly force?: boolean; readonly secrets: Secrets },
) {
  const amendment = await lockForDecision(work, amendmentId)
  if (amendment.status !== 'PENDING') throw conflict('errormessage.amendment.notPending')
  const { customerId, changedFields, kind: group } = amendment
  if (group === 'PAYMENT_DATA') return acceptPayment(work, amendment, { force, secrets })
  const row = await findData(work.tx, customerId)
  if (!row) throw notFound('customer', customerId)
  const verdict = judgeConflict(changedFields, amendment.base ?? {}, readGroup(group, row))
  if (verdict === 'CONFLICT' && !force) throw conflict('errormessage.amendment.conflict')
  await settleAmendment(work, amendment, { status: 'ACCEPTED' })
  const studio = await findStudio(work.tx, row.studioId)
  const values = valuesToWrite(group, { proposed: amendment.proposed ?? {}, changedFields })
  await changeData(work, row, { group, values, country: studio?.countryCode ?? '' }, secrets)
}

/** Turns a wish down; `reason` is shown to the customer. */
export async function rejectAmendment(work: UnitOfWork, amendmentId: number, reason: string) {
  const text = reason.trim()
  if (text === '') throw refuseFields([violation('reason', 'required')])
  const amendment = await lockForDecision(work, amendmentId)
  await settleAmendment(work, amendment, { status: 'REJECTED', reason: text })
}

export interface AmendmentView extends Pick<Amendment, 'id' | 'customerId' | 'kind' | 'status' | 'requestedAt'> {
  readonly reason: string | null
  /** Field → what it is now, and what it shall be. Bank data are not shown here. */
  readonly changes: Readonly<Record<string, readonly [now: string | null, wished: string | null]>>
  /** Fields that another writer changed since the wish was made. */
  readonly conflicts: readonly string[]
}

/** What waits for the staff of a studio, or what became of it, longest waiting first. */
export async function listAmendments(
  { db }: View,
  studioId: number,
  statuses: readonly Amendment['status'][] = ['PENDING'],
): Promise<readonly AmendmentView[]> {
  const views: AmendmentView[] = []
  for (const amendment of await listAmendmentsAt(db, studioId, { statuses, limit: INBOX })) {
    const { id, customerId, kind, status, requestedAt, reason } = amendment
    const row = await findData(db, customerId)
    const current = row && kind in groupFields ? readGroup(kind as FieldGroup, row) : {}
    views.push({ id, customerId, kind, status, requestedAt, reason, ...compare(amendment, current) })
  }
  return views
}

function compare({ changedFields, base, proposed }: Amendment, current: Values) {
  const changes = changedFields.map((field) => [field, [current[field] ?? null, proposed?.[field] ?? null]] as const)
  const conflicts = changedFields.filter((field) => judgeConflict([field], base ?? {}, current) === 'CONFLICT')
  return { changes: Object.fromEntries(changes), conflicts }
}

/** Sets what customers of a studio may change by themselves. Wishes that wait already stay as they are. */
export async function configureAmendments(work: UnitOfWork, config: AmendmentConfig) {
  const { studioId, kind, mode, requireSignature } = config
  if (!(await findStudio(work.tx, studioId))) throw notFound('studio', studioId)
  if (requireSignature && kind !== 'PAYMENT_DATA') {
    throw badRequest('errormessage.validation.enum', {
      args: [
        { type: 'STRING', value: 'kind' },
        { type: 'ENUM', value: ['PAYMENT_DATA'] },
      ],
      reference: 'kind',
    })
  }
  const before = (await listAmendmentConfig(work, studioId)).find((each) => each.kind === kind)
  const diff = diffValues<Omit<AmendmentConfig, 'studioId' | 'kind'>>(before ?? {}, { mode, requireSignature })
  if (Object.keys(diff).length === 0) return
  await saveAmendmentConfig(work.tx, config)
  work.audit({
    action: 'amendmentConfig.updated',
    entityKind: 'studio',
    entityId: studioId,
    studioId,
    diff: Object.fromEntries(Object.entries(diff).map(([field, change]) => [`${kind}.${field}`, change])),
  })
}

/** What customers of a studio may change by themselves, kind by kind. */
export async function listAmendmentConfig({ db }: View, studioId: number): Promise<readonly AmendmentConfig[]> {
  const rows = await listAmendmentConfigs(db, studioId)
  return amendmentKinds.map(
    (kind) => rows.find((row) => row.kind === kind) ?? { studioId, kind, mode: 'READ', requireSignature: false },
  )
}

/** Hands what a customer wishes to the staff of another studio; part of a switch, under its lock of the customer. */
export const followToStudio: StudioSwitchHook = ({ tx, now }, { customerId, toStudioId }) =>
  moveAmendments(tx, customerId, toStudioId, now)

/** Customer first, then the wish: the order of all who change something of a customer. */
async function lockForDecision({ tx }: UnitOfWork, amendmentId: number): Promise<Amendment> {
  const found = await findAmendment(tx, amendmentId)
  if (!found) throw notFound('amendment', amendmentId)
  await lockCustomers(tx, [found.customerId])
  const locked = await lockAmendment(tx, amendmentId)
  if (!locked) throw notFound('amendment', amendmentId)
  return locked
}
