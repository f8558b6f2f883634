import { type Static, Type } from 'typebox'
import { operation } from '../platform/api/operation.ts'
import { date, id, list, named, choice, pathId, slicedResult, sliceQuery, text } from '../platform/api/schema.ts'

const optional = Type.Optional
const tag = 'Employees'
const scopes = ['EMPLOYEE_READ']

/** Gender as the contract knows it, for employees and customers alike. */
export const gender = () =>
  choice(['MALE', 'FEMALE', 'UNISEX'], 'Gender on record; `UNISEX` also stands for unknown.', { examples: ['FEMALE'] })

/** The part of an employee that members see beside a class or an appointment. */
export const Instructor = named(
  'Instructor',
  Type.Object({
    id: id('The employee who instructs.', { examples: [1000000311] }),
    firstName: text('Given name.', { examples: ['Lena'] }),
    lastName: text('Family name.', { examples: ['Brandt'] }),
    publicName: optional(text('Name to show to members in place of the real one.', { examples: ['Lena B.'] })),
  }),
)
export type Instructor = Static<typeof Instructor>

const businessRoles = [
  'STUDIO_OWNER',
  'STUDIO_MANAGER',
  'TRAINER',
  'SERVICE_EMPLOYEE',
  'ADMINISTRATION_OR_FINANCE',
  'MARKETING',
] as const

const privately = 'Left out when the studio does not share private data of its staff.'

export const Employee = named(
  'Employee',
  Type.Object({
    id: id('The employee.', { examples: [1000000311] }),
    firstName: text('Given name.', { examples: ['Lena'] }),
    lastName: text('Family name.', { examples: ['Brandt'] }),
    employeeImageUrl: optional(
      text('Link to the portrait; it expires after 15 minutes, so fetch it, do not store it.'),
    ),
    gender: gender(),
    dateOfBirth: optional(date(`Date of birth. ${privately}`, '1991-03-28')),
    employeeNumber: optional(text('Number given by the studio, for payroll for instance.', { examples: ['T-17'] })),
    employeeInitials: text('Initials: chosen by the studio, otherwise made from the names.', { examples: ['L.B.'] }),
    publicName: optional(text('Name that members may see.', { examples: ['Lena B.'] })),
    businessRole: optional(choice(businessRoles, 'What the employee does in the studio.', { examples: ['TRAINER'] })),
    externalRole: optional(text('Job title as shown outside, free text.', { examples: ['Head of yoga'] })),
    phone1: optional(text(`First phone number. ${privately}`, { examples: ['+49 30 5550142'] })),
    phone2: optional(text(`Second phone number. ${privately}`)),
    email: optional(text('E-mail address.', { examples: ['lena@studio.example'] })),
    street: optional(text(`Street of the home address. ${privately}`)),
    houseNumber: optional(text(`House number of the home address. ${privately}`)),
    zipCode: optional(text(`Postal code of the home address. ${privately}`)),
    city: optional(text(`Town of the home address. ${privately}`)),
    country: optional(text(`Country of the home address, ISO 3166-1 alpha-2. ${privately}`, { examples: ['DE'] })),
    employeeCompetences: optional(
      list(text('Name of one competence.'), 'What the employee is qualified for, sorted by name.', {
        examples: [['Pilates', 'Yoga']],
      }),
    ),
  }),
)
export type Employee = Static<typeof Employee>

export const getEmployees = operation({
  operationId: 'getEmployees',
  method: 'GET',
  path: '/v1/employees',
  tag,
  summary: 'List the employees of the studio',
  description: 'Everyone who is assigned to the studio of the API key and has not been removed, oldest entry first.',
  scopes,
  shed: 'BULK',
  query: sliceQuery(50, 10, 100),
  response: slicedResult('EmployeeSlicedResult', Employee),
})

export const getEmployee = operation({
  operationId: 'getEmployee',
  method: 'GET',
  path: '/v1/employees/{id}',
  tag,
  summary: 'Read one employee',
  description: 'Answers 404 for an employee who is not, or no longer, assigned to the studio of the API key.',
  scopes,
  params: Type.Object({ id: pathId('employee', 'The employee.') }),
  response: Employee,
})
