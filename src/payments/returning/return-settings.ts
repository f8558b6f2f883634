import { notFound, refuseFields, violation } from '../../platform/errors/errors.ts'
import type { UnitOfWork } from '../../platform/units/work.ts'
import { formatAmount, readMoney } from '../../platform/values/money.ts'
import { findStudio } from '../../studios/index.ts'
import { USUAL_RETRIES } from './return-rules.ts'
import { findReturnSettings, type ReturnSettings, saveReturnSettings } from './return-settings-store.ts'

export interface ReturnSettingChanges {
  /** Decimal text in the currency of the studio; 0: nothing. Left out: as it is. */
  readonly fee?: string | undefined
  readonly retries?: number | undefined
}

/** Says what customers of a studio pay for a return, and how often their claims are collected again. */
export async function configureReturns(
  work: UnitOfWork,
  studioId: number,
  changes: ReturnSettingChanges,
): Promise<ReturnSettings> {
  const studio = await findStudio(work.tx, studioId)
  if (!studio) throw notFound('studio', studioId)
  const { currency } = studio
  const before = (await findReturnSettings(work.tx, studioId)) ?? { fee: '0', currency, retries: USUAL_RETRIES }
  const fee = readMoney(changes.fee ?? before.fee, currency, 'fee')
  if (fee.minor < 0n) throw refuseFields([violation('fee', 'min', { type: 'DECIMAL', value: 0 })])
  const after = { fee: formatAmount(fee), currency, retries: changes.retries ?? before.retries }
  await saveReturnSettings(work.tx, studioId, after, work.now)
  const diff = { fee: [before.fee, after.fee], retries: [before.retries, after.retries] } as const
  work.audit({ action: 'returnSettings.changed', entityKind: 'studio', entityId: studioId, studioId, diff })
  return after
}
