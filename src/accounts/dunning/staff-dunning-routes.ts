import { notFound, refuseFields, violation } from '../../platform/errors/errors.ts'
import type { StaffOperations } from '../../platform/staff/staff-operations.ts'
import { dateIn } from '../../platform/time/zoned-time.ts'
import { diffValues } from '../../platform/units/audit-values.ts'
import type { UnitOfWork } from '../../platform/units/work.ts'
import { defined, nonNull } from '../../platform/values/defined.ts'
import { readMoney } from '../../platform/values/money.ts'
import { findStudio } from '../../studios/index.ts'
import { readMinor, storeMinor } from '../amounts.ts'
import { openLevels } from './dunning.ts'
import { insertLevels, type Level, listLevels, listNotices, listOverdue, updateLevel } from './dunning-store.ts'
import * as api from './staff-dunning-api.ts'

const SHOWN = 500

/** Binds what staff do about customers who are late. */
export function dunningStaff(operations: StaffOperations) {
  operations.read(api.listDunningLevels, async ({ db }, { body: { studioId } }) => ({
    levels: (await listLevels(db, studioId)).map(presentLevel),
  }))
  operations.write(api.setDunningLevel, async (work, { params: { studioId, no }, body }) => ({
    levelId: await setLevel(work, { studioId, no }, body),
  }))
  operations.read(api.listOverdueCustomers, async ({ db, now }, { body: { studioId, after = 0 } }) => {
    const studio = await findStudio(db, studioId)
    if (!studio) throw notFound('studio', studioId)
    const page = { studioId, after, today: dateIn(now, studio.timeZone), limit: SHOWN }
    const rows = await listOverdue(db, page)
    return {
      customers: rows.map(({ customerId, overdue, currency, since, level }) => ({
        customerId,
        overdue: plain(overdue, currency),
        since,
        ...nonNull({ level }),
      })),
    }
  })
  operations.read(api.listDunningNotices, async ({ db }, { params: { customerId } }) => ({
    notices: (await listNotices(db, customerId)).map(
      ({ id, level, dunnedOn, overdueAmount, currency, feeClaimId }) => ({
        noticeId: id,
        level,
        dunnedOn: dunnedOn.toString(),
        overdue: plain(overdueAmount, currency),
        ...nonNull({ feeClaimId }),
      }),
    ),
  }))
}

const plain = (stored: string, currency: string) => storeMinor(readMinor(stored, currency), currency)

function presentLevel({ id, no, name, daysOverdue, minDaysSincePrevious, currency, ...level }: Level) {
  return {
    levelId: id,
    no,
    name,
    daysOverdue,
    pauseDays: minDaysSincePrevious,
    minOpen: storeMinor(level.minOpen, currency),
    fee: storeMinor(level.fee, currency),
    restrictAccess: level.restrictAccess,
    active: level.active,
  }
}

interface LevelWish {
  readonly name?: string | undefined
  readonly daysOverdue?: number | undefined
  readonly pauseDays?: number | undefined
  readonly minOpen?: string | undefined
  readonly fee?: string | undefined
  readonly restrictAccess?: boolean | undefined
  readonly active?: boolean | undefined
}

async function setLevel(
  work: UnitOfWork,
  { studioId, no }: { readonly studioId: number; readonly no: number },
  { pauseDays, minOpen, fee, ...wish }: LevelWish,
): Promise<number> {
  const studio = await findStudio(work.db, studioId)
  if (!studio) throw notFound('studio', studioId)
  const known = (await openLevels(work, studioId)).find((level) => level.no === no)
  const { currency } = studio
  const terms = defined({
    ...wish,
    minDaysSincePrevious: pauseDays,
    minOpen: readAmount(minOpen, 'minOpen', currency),
    fee: readAmount(fee, 'fee', currency),
  })
  if (known) await updateLevel(work.tx, known.id, terms, work.now)
  else await addLevel(work, { studioId, no, currency }, terms)
  const levelId = (await listLevels(work.tx, studioId)).find((level) => level.no === no)?.id
  if (levelId === undefined) throw new Error('A level that was set is not there.')
  work.audit({
    action: 'dunningLevel.set',
    entityKind: 'dunningLevel',
    entityId: levelId,
    studioId,
    diff: diffValues({}, terms),
  })
  return levelId
}

async function addLevel(
  work: UnitOfWork,
  level: { readonly studioId: number; readonly no: number; readonly currency: string },
  { name, daysOverdue, ...terms }: Partial<Parameters<typeof updateLevel>[2]>,
) {
  if (name === undefined) throw refuseFields([violation('name', 'required')])
  if (daysOverdue === undefined) throw refuseFields([violation('daysOverdue', 'required')])
  await insertLevels(work.tx, [{ ...level, name, daysOverdue, ...terms }], work.now)
}

function readAmount(amount: string | undefined, field: string, currency: string): string | undefined {
  if (amount === undefined) return undefined
  const { minor } = readMoney(amount, currency, field)
  if (minor < 0n) throw refuseFields([violation(field, 'min', { type: 'DECIMAL', value: 0 })])
  return storeMinor(minor, currency)
}
