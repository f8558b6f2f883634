import { notFound, refuseFields, violation } from '../../platform/errors/errors.ts'
import type { Queryable } from '../../platform/database/database.ts'
import type { UnitOfWork } from '../../platform/units/work.ts'
import { defined } from '../../platform/values/defined.ts'
import { findStudio, type StudioRow } from '../../studios/index.ts'
import { groupCurrency } from './method-group-rules.ts'
import { methodGroups } from './run-tables.ts'
import { findRunSettings, type RunSettings, saveRunSettings } from './run-settings-store.ts'

type Terms = Omit<RunSettings, 'studioId'>
/** What staff change; what is left out stays. */
export type RunSettingChanges = { readonly [K in keyof Terms]?: Terms[K] | undefined }

/** How runs of a studio are made; one that has not said anything drafts by hand. */
export async function openRunSettings(
  db: Queryable,
  { id: studioId, currency }: Pick<StudioRow, 'id' | 'currency'>,
): Promise<RunSettings> {
  const stored = await findRunSettings(db, studioId)
  if (stored) return stored
  return {
    studioId,
    runDays: [],
    methodGroups: methodGroups.filter((group) => groupCurrency(group, currency) === currency),
    preNotificationDays: 1,
    painVersion: 'pain.008.001.08',
  }
}

/** Changes when runs of a studio are drafted and how. Refuses (400) a method that does not collect in its currency. */
export async function configureRuns(work: UnitOfWork, studioId: number, changes: RunSettingChanges) {
  const studio = await findStudio(work.db, studioId)
  if (!studio) throw notFound('studio', studioId)
  const { currency } = studio
  for (const [index, group] of (changes.methodGroups ?? []).entries()) {
    if (groupCurrency(group, currency) === currency) continue
    throw refuseFields([violation(`methodGroups[${index}]`, 'format', { type: 'STRING', value: currency })])
  }
  const before = await openRunSettings(work.tx, studio)
  const after: RunSettings = { ...before, ...defined(changes) }
  const runDays = [...new Set(after.runDays)].toSorted((a, b) => a - b)
  await saveRunSettings(work.tx, { ...after, runDays }, work.now)
  const diff = { before: [before, null], after: [null, after] } as const
  work.audit({ action: 'paymentRunSettings.changed', entityKind: 'studio', entityId: studioId, studioId, diff })
}
