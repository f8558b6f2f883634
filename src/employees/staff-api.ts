import { Type } from 'typebox'
import { dateTime, flag, id, list, choice, text } from '../platform/api/schema.ts'
import { staffOperation } from '../platform/staff/staff-operation.ts'

const tag = 'Employees'
const write = ['employees.write'] as const
const params = Type.Object({ employeeId: id('The employee.') })
const handover = {
  standInId: Type.Optional(id('employee who takes over what is planned')),
  cancelPlanned: Type.Optional(flag('cancel what is planned')),
}
const decision = {
  ...handover,
  leavePlanned: Type.Optional(flag('leave what is planned; employee plans lists it')),
}
const options = { standInId: '--stand-in <id>', cancelPlanned: '--cancel-planned' }

const planned = list(
  Type.Object({
    kind: choice(['CLASS_SLOT', 'CLASS_SERIES', 'APPOINTMENT'], 'What it is.'),
    id: id('Its id.'),
    studioId: id('Its studio.'),
    title: text('The class or the service.'),
    start: Type.Optional(dateTime('When it begins; a series has none.')),
  }),
  'What the employee was planned for in studios that he or she left.',
)

export const setEmployeeStudios = staffOperation({
  operationId: 'adminSetEmployeeStudios',
  method: 'PUT',
  path: '/admin/v1/employees/{employeeId}/studios',
  tag,
  summary: 'set the studios of an employee; what is planned in studios left needs a stand-in, or is canceled or left',
  permissions: write,
  params,
  body: Type.Object({ studioIds: list(id('A studio.'), 'all studios, comma-separated', { minItems: 1 }), ...decision }),
  answer: Type.Object({ employeeId: id('The employee.'), studioIds: list(id('A studio.'), 'Now.'), planned }),
  cli: {
    name: 'employee assign',
    arguments: ['employeeId', 'studioIds'],
    options: { ...options, leavePlanned: '--leave-planned' },
  },
})

export const removeEmployee = staffOperation({
  operationId: 'adminRemoveEmployee',
  method: 'DELETE',
  path: '/admin/v1/employees/{employeeId}',
  tag,
  summary: 'remove an employee from all studios; what is planned needs a stand-in, or is canceled or left',
  permissions: write,
  params,
  body: Type.Object(decision),
  answer: Type.Object({ employeeId: id('The employee.'), planned }),
  cli: { name: 'employee remove', options: { ...options, leavePlanned: '--leave-planned' } },
})

export const listEmployeePlans = staffOperation({
  operationId: 'adminListEmployeePlans',
  method: 'GET',
  path: '/admin/v1/employees/{employeeId}/plans',
  tag,
  summary: 'list what an employee is planned for in studios that he or she has left',
  permissions: ['employees.read'],
  params,
  answer: planned,
  cli: { name: 'employee plans' },
})

export const handOverEmployeePlans = staffOperation({
  operationId: 'adminHandOverEmployeePlans',
  method: 'POST',
  path: '/admin/v1/employees/{employeeId}/plans/hand-over',
  tag,
  summary: 'give what an employee is planned for in studios left to a stand-in, or cancel it',
  permissions: write,
  params,
  body: Type.Object(handover),
  answer: Type.Object({ employeeId: id('The employee.'), planned }),
  cli: { name: 'employee hand-over', options },
})
