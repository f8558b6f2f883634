import assert from 'node:assert/strict'
import { eq } from 'drizzle-orm'
import { contracts } from '../../../src/contracts/tables.ts'
import { membershipOfferTerms } from '../../../src/membership-offers/tables.ts'
import type { Module } from '../../../src/module.ts'
import { ApiError } from '../../../src/platform/errors/errors.ts'
import type { StaffOperation } from '../../../src/platform/staff/staff-operation.ts'
import { StaffOperations, type StaffRequest } from '../../../src/platform/staff/staff-operations.ts'
import type { TestApp } from '../app.ts'
import { addCustomer } from './customers.ts'

/** Which rules are broken on purpose, and whether all of it is undone. */
type Manner = Pick<StaffRequest, 'broken' | 'dryRun'>

export type Staff = ReturnType<typeof openStaff>

/** Staff of the tenant of Berlin, who may do everything that a module lets them do. */
export function openStaff(app: TestApp, module: Module) {
  const operations = new StaffOperations()
  module.staff?.(operations)
  const caller = {
    actor: { kind: 'STAFF', id: 7 },
    tenantId: app.berlin.tenantId,
    traceId: '1'.repeat(32),
    permissions: 'ALL',
  } as const

  /** Does something, as if it came as JSON. Operations answer in many shapes. */
  async function run(
    operation: StaffOperation,
    params: object = {},
    body: object = {},
    how: Manner = {},
  ): Promise<any> {
    const request = { params: { ...params }, body: JSON.parse(JSON.stringify(body)) as unknown, ...how }
    return (await operations.run(app.platform.units, caller, operation, request)).answer
  }

  /** Does something that is refused, and answers the refusal. */
  async function refuse(operation: StaffOperation, params: object, body: object): Promise<ApiError> {
    const error: unknown = await run(operation, params, body).then(
      () => undefined,
      (thrown: unknown) => thrown,
    )
    assert.ok(error instanceof ApiError, String(error))
    return error
  }

  return { run, refuse, sell: (termId: number) => sellTerm(app, termId), tieInCircle: circle(app), person }
}

const person = {
  firstName: 'Ida',
  lastName: 'Neu',
  email: 'ida@mail.example',
  language: { languageCode: 'de' },
  street: 'Allee',
  city: 'Berlin',
  zipCode: '10435',
  countryCode: 'DE',
}

async function sellTerm(app: TestApp, offerTermId: number) {
  const customerId = await addCustomer(app)
  const day = Temporal.PlainDate.from('2026-06-15')
  await app.write(({ tx, now }) =>
    tx.insert(contracts).values({
      studioId: app.berlin.studioId,
      customerId,
      offerTermId,
      snapshot: { rateName: 'Basic', rateCodes: [], openingHourCategoryId: null },
      signedAt: now,
      signingDate: day,
      startDate: day,
      committedEnd: day.add({ years: 1 }),
      origin: 'BACKOFFICE',
      createdAt: now,
      updatedAt: now,
    }),
  )
}

/** Lets two terms follow each other by hand, which staff cannot. */
function circle(app: TestApp) {
  return (one: number, other: number) =>
    app.write(async ({ tx }) => {
      for (const [from, to] of [
        [one, other],
        [other, one],
      ] as const) {
        const following = { extensionType: 'SUBSEQUENT_RATE_DETAIL', subsequentTermId: to } as const
        const plain = { extensionTermValue: null, extensionTermUnit: null }
        await tx
          .update(membershipOfferTerms)
          .set({ ...following, ...plain })
          .where(eq(membershipOfferTerms.id, from))
      }
    })
}
