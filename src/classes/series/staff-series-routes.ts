import type { Static } from 'typebox'
import { refuseFields, violation } from '../../platform/errors/errors.ts'
import type { StaffOperations } from '../../platform/staff/staff-operations.ts'
import type { View } from '../../platform/units/work.ts'
import { defined, nonNull } from '../../platform/values/defined.ts'
import { changeSeries, endSeries } from './series-changes.ts'
import { createSeries } from './series.ts'
import { listSeries } from './series-store.ts'
import * as api from './staff-series-api.ts'
import { readDay } from '../../platform/time/zoned-time.ts'

/** Whether staff put up with rooms and instructors that are taken. */
export const isOverridden = ({ broken }: { readonly broken: readonly string[] }) => ({
  override: broken.includes('RESOURCE'),
})

/** Binds what staff do with weekly series. */
export function seriesStaff(operations: StaffOperations) {
  operations.write(api.planClassSeries, async (work, { params: { classId }, body }) => {
    const { localTime, fromDate, toDate, instructorIds = [], ...same } = body
    const wanted = {
      ...same,
      classId,
      localTime: Temporal.PlainTime.from(localTime),
      fromDate: Temporal.PlainDate.from(fromDate),
      toDate: readDay(toDate) ?? null,
      instructors: instructorIds,
    }
    return { seriesId: await createSeries(work, wanted, isOverridden(work)) }
  })
  operations.read(api.listClassSeries, (view, { body }) => presentSeries(view, body))
  operations.write(api.changeClassSeries, async (work, { params: { seriesId }, body }) => ({
    seriesId: await changeSeries(work, seriesId, readChanges(body), isOverridden(work)),
  }))
  operations.write(api.endClassSeries, async (work, { params: { seriesId }, body: { lastDate } }) => {
    const ended = await endSeries(work, seriesId, readDay(lastDate))
    return { seriesId, lastDate: ended.toString() }
  })
}

function readChanges(body: Static<(typeof api.changeClassSeries)['body']>) {
  const { from, localTime, toDate, openEnded, instructorIds, ...same } = body
  if (toDate !== undefined && openEnded === true)
    throw refuseFields([
      { ...violation('toDate', 'exactlyOneOf'), args: [{ type: 'STRING', value: 'toDate, openEnded' }] },
    ])
  return {
    ...same,
    ...defined({
      from: readDay(from),
      localTime: localTime === undefined ? undefined : Temporal.PlainTime.from(localTime),
      toDate: openEnded === true ? null : readDay(toDate),
      instructors: instructorIds,
    }),
  }
}

async function presentSeries(
  { db, now }: View,
  { studioId, classId, ended = false }: Static<(typeof api.listClassSeries)['body']>,
) {
  const rows = await listSeries(db, { studioId, classId, endsAfter: ended ? undefined : now })
  return rows.map(({ title, series }) => ({
    ...nonNull({
      toDate: series.toDate?.toString(),
      locationId: series.locationId,
      maxParticipants: series.maxParticipants,
      maxWaiting: series.maxWaiting,
    }),
    seriesId: series.id,
    classId: series.classId,
    title,
    studioId: series.studioId,
    weekdays: [...series.weekdays],
    localTime: series.localTime.toString({ smallestUnit: 'minute' }),
    durationMin: series.durationMin,
    everyNWeeks: series.everyNWeeks,
    fromDate: series.fromDate.toString(),
    instructorIds: [...series.instructors],
  }))
}
