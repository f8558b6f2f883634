import { createEmployee, deleteEmployee, type EmployeeInput } from '../../employees/index.ts'
import { berlin, hamburg } from './chain.ts'
import type { Planting } from '../planting.ts'

/** Employee ids: three who give lessons, the owner, and one who has left. */
export const anna = 101
export const ben = 102
export const chris = 103
const peter = 1001
const mara = 108

type Plan = EmployeeInput & { readonly id: number }

const born = (text: string) => Temporal.PlainDate.from(text)
const address = { street: 'Main Street', houseNumber: '123a', zipCode: '10115', city: 'Berlin', countryCode: 'DE' }
const trainer = { businessRole: 'TRAINER', externalRole: 'Trainer' } as const

const employees: readonly Plan[] = [
  {
    id: anna,
    firstName: 'Anna',
    lastName: 'Chodakowska',
    publicName: 'Anna',
    gender: 'FEMALE',
    ...trainer,
    dateOfBirth: born('1991-03-08'),
    employeeNumber: 'T-101',
    phone1: '+49 30 90182101',
    email: 'anna@lindenhof.example',
    competences: ['Trainer', 'Yoga'],
    studioIds: [berlin, hamburg],
  },
  {
    id: ben,
    firstName: 'Ben',
    lastName: 'Okafor',
    publicName: 'Ben',
    gender: 'MALE',
    ...trainer,
    dateOfBirth: born('1988-11-23'),
    employeeNumber: 'T-102',
    phone1: '+49 30 90182102',
    email: 'ben@lindenhof.example',
    competences: ['Trainer', 'EMS'],
    studioIds: [berlin],
  },
  {
    id: chris,
    firstName: 'Chris',
    lastName: 'Lindqvist',
    publicName: 'Chris',
    ...trainer,
    dateOfBirth: born('1995-07-30'),
    employeeNumber: 'T-103',
    phone1: '+49 30 90182103',
    email: 'chris@lindenhof.example',
    competences: ['Trainer', 'Nutrition'],
    studioIds: [berlin],
  },
  {
    id: peter,
    firstName: 'Peter',
    lastName: 'Parker',
    publicName: 'Peter Parker',
    gender: 'MALE',
    ...address,
    dateOfBirth: born('1990-01-01'),
    employeeNumber: '123456a',
    initials: 'P.P.',
    phone1: '+49 123456789',
    businessRole: 'STUDIO_OWNER',
    externalRole: 'Trainer',
    phone2: '+49 123456789',
    email: 'peter@lindenhof.example',
    competences: ['Trainer'],
    studioIds: [berlin, hamburg],
  },
  {
    id: 105,
    firstName: 'Olivia',
    lastName: 'Sommer',
    publicName: 'Olivia',
    gender: 'FEMALE',
    businessRole: 'STUDIO_MANAGER',
    employeeNumber: 'M-105',
    email: 'olivia@lindenhof.example',
    studioIds: [berlin],
  },
  {
    id: 106,
    firstName: 'Karim',
    lastName: 'Haddad',
    publicName: 'Karim',
    gender: 'MALE',
    businessRole: 'SERVICE_EMPLOYEE',
    employeeNumber: 'S-106',
    email: 'karim@lindenhof.example',
    studioIds: [berlin],
  },
  {
    id: 107,
    firstName: 'Ute',
    lastName: 'Brandt',
    publicName: 'Ute',
    gender: 'FEMALE',
    businessRole: 'ADMINISTRATION_OR_FINANCE',
    employeeNumber: 'A-107',
    email: 'ute@lindenhof.example',
    studioIds: [berlin],
  },
  {
    id: mara,
    firstName: 'Mara',
    lastName: 'Keller',
    publicName: 'Mara',
    gender: 'FEMALE',
    businessRole: 'MARKETING',
    employeeNumber: 'K-108',
    email: 'mara@lindenhof.example',
    studioIds: [berlin],
  },
]

export async function plantEmployees({ work, platform }: Planting) {
  for (const employee of employees) await createEmployee(work, employee, platform.secrets)
  await deleteEmployee(work, mara)
}
