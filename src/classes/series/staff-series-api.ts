import { Type } from 'typebox'
import { date, flag, id, int32, list, choice, text } from '../../platform/api/schema.ts'
import { staffOperation } from '../../platform/staff/staff-operation.ts'
import { daysOfWeek } from '../../studios/index.ts'

const tag = 'Classes'
const timetable = ['timetable.write'] as const
const taken = { rules: ['RESOURCE'], permission: 'bookings.override' } as const
const putUp = { flag: '--override', description: 'put up with a room or instructor that is taken' }
const whole = { minimum: 0 }
const positive = { minimum: 1 }

const weekdays = () =>
  list(choice(daysOfWeek, 'A day of the week.'), 'weekdays, for instance MO,WE,FR', { minItems: 1 })
const localTime = () => text('on the wall clock of the studio, for instance 18:30', { format: 'time' })
const seriesParams = Type.Object({ seriesId: id('The series.') })

const seriesFields = {
  locationId: Type.Optional(id('resource id of the room')),
  instructorIds: Type.Optional(list(id('An employee.'), 'employee ids')),
  durationMin: Type.Optional(int32('left out: that of the class', positive)),
  maxParticipants: Type.Optional(int32('seats; left out: as the class says', whole)),
  maxWaiting: Type.Optional(int32('positions on the waiting list; left out: as the class says', whole)),
}
const seriesOptions = {
  weekdays: '--days <list>',
  localTime: '--at <time>',
  toDate: '--to <date>',
  everyNWeeks: '--every-weeks <n>',
  locationId: '--room <id>',
  instructorIds: '--instructors <ids>',
  durationMin: '--duration <minutes>',
  maxParticipants: '--max <n>',
  maxWaiting: '--waiting <n>',
}

export const planClassSeries = staffOperation({
  operationId: 'adminPlanClassSeries',
  method: 'POST',
  path: '/admin/v1/classes/{classId}/series',
  tag,
  summary: 'plan slots every week; they are added 400 days ahead',
  permissions: timetable,
  overrides: taken,
  params: Type.Object({ classId: id('The class.') }),
  body: Type.Object({
    weekdays: weekdays(),
    localTime: localTime(),
    fromDate: date('first day'),
    toDate: Type.Optional(date('last day; left out: without end')),
    everyNWeeks: int32('every how many weeks', { default: 1, ...positive }),
    ...seriesFields,
  }),
  answer: Type.Object({ seriesId: id('The series.') }),
  cli: { name: 'class plan-series', options: { ...seriesOptions, fromDate: '--from <date>' }, breaks: putUp },
})

export const listClassSeries = staffOperation({
  operationId: 'adminListClassSeries',
  method: 'GET',
  path: '/admin/v1/class-series',
  tag,
  summary: 'list the series that go on',
  permissions: ['timetable.read'],
  body: Type.Object({
    studioId: Type.Optional(id('only those of this studio')),
    classId: Type.Optional(id('only those of this class')),
    ended: Type.Optional(flag('those that have ended, too')),
  }),
  answer: Type.Array(
    Type.Object({
      seriesId: id('The series.'),
      classId: id('Its class.'),
      title: text('The title of the class.'),
      studioId: id('Its studio.'),
      weekdays: list(choice(daysOfWeek, 'A day of the week.'), 'On which days.'),
      localTime: text('When, on the wall clock of the studio.'),
      durationMin: int32('How long, in minutes.'),
      everyNWeeks: int32('Every how many weeks.'),
      fromDate: date('The first day.'),
      toDate: Type.Optional(date('The last day; left out: without end.')),
      locationId: Type.Optional(id('The room.')),
      instructorIds: list(id('An employee.'), 'Who gives it.'),
      maxParticipants: Type.Optional(int32('Seats; left out: as the class says.')),
      maxWaiting: Type.Optional(int32('Positions on the waiting list; left out: as the class says.')),
    }),
  ),
  cli: {
    name: 'class list-series',
    options: { studioId: '--studio <id>', classId: '--class <id>', ended: '--ended' },
  },
})

export const changeClassSeries = staffOperation({
  operationId: 'adminChangeClassSeries',
  method: 'PATCH',
  path: '/admin/v1/class-series/{seriesId}',
  tag,
  summary: 'change a series with its slots to come, all of them or from a date on',
  permissions: timetable,
  overrides: taken,
  params: seriesParams,
  body: Type.Object({
    from: Type.Optional(date('first day of the change; the series ends the day before and a new one goes on')),
    weekdays: Type.Optional(weekdays()),
    localTime: Type.Optional(localTime()),
    toDate: Type.Optional(date('last day')),
    openEnded: Type.Optional(flag('goes on without end')),
    everyNWeeks: Type.Optional(int32('every how many weeks', positive)),
    ...seriesFields,
  }),
  answer: Type.Object({ seriesId: id('The series that holds from then on.') }),
  cli: {
    name: 'class change-series',
    options: { ...seriesOptions, from: '--from <date>', openEnded: '--open-ended' },
    breaks: putUp,
  },
})

export const endClassSeries = staffOperation({
  operationId: 'adminEndClassSeries',
  method: 'POST',
  path: '/admin/v1/class-series/{seriesId}/end',
  tag,
  summary: 'end a series; later slots are canceled where booked, else they vanish',
  permissions: timetable,
  params: seriesParams,
  body: Type.Object({ lastDate: Type.Optional(date('last day; left out: today')) }),
  answer: Type.Object({ seriesId: id('The series.'), lastDate: date('The last day.') }),
  cli: { name: 'class end-series', options: { lastDate: '--on <date>' } },
})
