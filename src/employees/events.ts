import { declareEvent } from '../platform/units/events.ts'

const audience = 'the studios that it is about'

export const employeeCreated = declareEvent('EMPLOYEE_CREATED', {
  when: 'An employee works in a studio from now on.',
  entity: 'the employee',
  audience,
})

export const employeeUpdated = declareEvent('EMPLOYEE_UPDATED', {
  when: 'Master data or the picture of an employee changed.',
  entity: 'the employee',
  audience: 'every studio in which the employee works',
})

export const employeeDeleted = declareEvent('EMPLOYEE_DELETED', {
  when: 'An employee does not work in a studio any more.',
  entity: 'the employee',
  audience,
})
