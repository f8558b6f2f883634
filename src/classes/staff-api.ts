import { Type } from 'typebox'
import { attendances, staffRuleFields, staffRuleOptions, staffTerm } from '../bookings/index.ts'
import { flag, id, int32, choice, text } from '../platform/api/schema.ts'
import { staffOperation } from '../platform/staff/staff-operation.ts'

const tag = 'Classes'
const timetable = ['timetable.write'] as const
const whole = { minimum: 0 }

const studioId = id('the studio')
const classParams = Type.Object({ classId: id('The class.') })
const classAnswer = Type.Object({ classId: id('The class.') })

const classFields = {
  category: Type.Optional(text('under which it is listed')),
  description: Type.Optional(text('what customers read')),
  defaultMax: Type.Optional(int32('seats of a slot; left out: no limit', whole)),
  defaultMaxWaiting: Type.Optional(int32('positions on its waiting list; left out: no list', whole)),
  bookable: Type.Optional(flag('may be booked; else it is only shown')),
  onlineVisible: Type.Optional(flag('partners see it; else only staff do')),
  active: Type.Optional(flag('is shown; else it is not any more')),
  promotionCutoff: Type.Optional(staffTerm('waiting customers move up until this long before the start')),
  attendanceDefault: Type.Optional(choice(attendances, 'what is recorded at the end of customers of whom nothing was')),
}
const classOptions = {
  durationMin: '--duration <minutes>',
  category: '--category <name>',
  defaultMax: '--max <n>',
  defaultMaxWaiting: '--waiting <n>',
  onlineVisible: '--[no-]online',
  promotionCutoff: '--promote-until <term>',
  attendanceDefault: '--attendance <status>',
}

export const createClass = staffOperation({
  operationId: 'adminCreateClass',
  method: 'POST',
  path: '/admin/v1/classes',
  tag,
  summary: 'add a class without slots, with a booking rule of its own',
  permissions: timetable,
  body: Type.Object({
    studioId,
    title: text('as customers read it'),
    durationMin: int32('of a slot', whole),
    ...classFields,
    rule: Type.Optional(Type.Object(staffRuleFields, { description: 'When and by whom it may be booked.' })),
    serviceId: Type.Optional(id('the service that a booking uses; left out: a new one with the title')),
    type: Type.Optional(choice(['STUDIO', 'STREAM'], 'is watched from elsewhere')),
  }),
  answer: Type.Object({
    classId: id('The class.'),
    ruleId: id('Its booking rule.'),
    serviceId: id('The service that a booking uses.'),
  }),
  cli: {
    name: 'class create',
    options: {
      studioId: '--studio <id>',
      ...classOptions,
      ...staffRuleOptions('rule.'),
      serviceId: '--service <id>',
      type: { flag: '--stream', value: 'STREAM' },
    },
  },
})

export const updateClass = staffOperation({
  operationId: 'adminUpdateClass',
  method: 'PATCH',
  path: '/admin/v1/classes/{classId}',
  tag,
  summary: 'change a class; its slots keep time and capacity',
  permissions: timetable,
  params: classParams,
  body: Type.Object({
    title: Type.Optional(text('as customers read it')),
    durationMin: Type.Optional(int32('of slots to come', whole)),
    ...classFields,
  }),
  answer: classAnswer,
  cli: { name: 'class update', options: classOptions },
})

export const changeBookingRule = staffOperation({
  operationId: 'adminChangeBookingRule',
  method: 'PATCH',
  path: '/admin/v1/booking-rules/{ruleId}',
  tag,
  summary: 'change a booking rule for all bookings to come',
  permissions: timetable,
  params: Type.Object({ ruleId: id('The rule.') }),
  body: Type.Object({ ...staffRuleFields, studioId: id('the studio of the rule') }),
  answer: Type.Object({ ruleId: id('The rule.') }),
  cli: { name: 'class rule', options: { ...staffRuleOptions(''), studioId: '--studio <id>' } },
})

export * from './series/staff-series-api.ts'
export * from './slot-planning/staff-slot-api.ts'
