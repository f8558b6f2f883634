import { createCustomer } from '../../../src/customers/index.ts'
import type { MembershipSignupCustomer } from '../../../src/customers/signup-schema.ts'
import type { TestApp } from '../app.ts'
import type { TestStudio } from './world.ts'

let born = Temporal.PlainDate.from('1970-01-01')

/** The body of `createCustomer` for a person who has not been there before. */
export function newPerson(changes: Partial<MembershipSignupCustomer> = {}): MembershipSignupCustomer {
  born = born.add({ days: 1 })
  return {
    firstName: 'Mara',
    lastName: 'Lindner',
    dateOfBirth: born.toString(),
    email: 'mara@mail.example',
    street: 'Lindenallee',
    zipCode: '10435',
    city: 'Berlin',
    countryCode: 'DE',
    language: { languageCode: 'de' },
    ...changes,
  }
}

/** Adds a prospect as staff would; answers the id. */
export function addCustomer(
  app: TestApp,
  changes: Partial<MembershipSignupCustomer> = {},
  { studio = app.berlin, id }: { readonly studio?: TestStudio; readonly id?: number } = {},
): Promise<number> {
  const context = { studioId: studio.studioId, source: 'STAFF', secrets: app.platform.secrets } as const
  const given = id === undefined ? {} : { given: { id } }
  return app.write((work) => createCustomer(work, newPerson(changes), { ...context, ...given }), studio)
}
