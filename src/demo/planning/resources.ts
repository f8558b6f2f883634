import { resourceAbsences, resourceAvailabilities, resources } from '../../resources/tables.ts'
import { daysOfWeek } from '../../studios/weekday-rules.ts'
import { berlin } from '../house/chain.ts'
import { anna, ben, chris } from '../house/employees.ts'
import { momentOn, plant, type Planting } from '../planting.ts'

/** Resource ids: what bookings occupy. The location of a slot is the id of its room. */
export const resource = { anna: 201, ben: 202, room1: 203, room2: 204, chris: 205, ems: 206 } as const

const resourceRows = [
  { id: resource.anna, kind: 'EMPLOYEE', employeeId: anna },
  { id: resource.ben, kind: 'EMPLOYEE', employeeId: ben },
  { id: resource.chris, kind: 'EMPLOYEE', employeeId: chris },
  { id: resource.room1, kind: 'ROOM', name: 'Room 1', description: 'Room located behind reception' },
  { id: resource.room2, kind: 'ROOM', name: 'Room 2', description: 'Upstairs, with mirrors' },
  { id: resource.ems, kind: 'DEVICE', name: 'EMS', description: 'Two suits', capacity: 2 },
] as const

/** Anna works whenever the studio is open, Ben and Chris by shift; Chris is away tomorrow. */
export async function plantResources(planting: Planting) {
  const studioId = berlin
  await plant(
    planting,
    resources,
    resourceRows.map((row) => ({ ...row, studioId })),
  )
  const shift = { timeFrom: Temporal.PlainTime.from('08:00'), timeTo: Temporal.PlainTime.from('20:00') }
  await plant(
    planting,
    resourceAvailabilities,
    [resource.ben, resource.chris].flatMap((resourceId) =>
      daysOfWeek.map((weekday) => ({ studioId, resourceId, weekday, ...shift })),
    ),
  )
  const during = { from: momentOn(planting, 1, '00:00'), until: momentOn(planting, 2, '00:00') }
  await plant(planting, resourceAbsences, [{ studioId, resourceId: resource.chris, during, reason: 'Training course' }])
}
