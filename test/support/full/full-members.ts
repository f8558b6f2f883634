import { accessMediums, accessRestrictions } from '../../../src/customers/tables.ts'
import { customers } from '../../../src/customers/customer-table.ts'
import { contractPhases, contracts } from '../../../src/contracts/tables.ts'
import { entitlements } from '../../../src/entitlements/tables.ts'
import { pauseRules } from '../../../src/demo/house/catalogue.ts'
import type { Tx } from '../../../src/platform/database/database.ts'
import type { TestStudio } from '../scenes/world.ts'

const FOREVER = { quantity: 1_000_000, periodValue: 1, periodUnit: 'MONTH' } as const
const FIRST_DAY = Temporal.PlainDate.from('2025-01-01')
const LATELY = Temporal.PlainDate.from('2026-06-10')
export const CREATED = Temporal.Instant.from('2026-01-01T00:00Z')
export const stamps = { createdAt: CREATED, updatedAt: CREATED }

/** Where rows of a studio go. */
export interface Fill {
  readonly tx: Tx
  readonly studio: TestStudio
  readonly mark: string
  readonly firstId: number
}

/** Positions of each kind of thing after `firstId`. */
export const at = {
  service: 1,
  rate: 2,
  rule: 3,
  class: 4,
  room: 5,
  trainer: 6,
  bookable: 7,
  line: 8,
  employee: 9,
  tag: 10,
  field: 11,
  ownMedium: 12,
  benefit: 13,
  device: 14,
  calendarFeed: 15,
  membershipOffer: 16,
  offerTerm: 17,
  frequency: 18,
  module: 41,
  moduleFrequency: 42,
  membershipSwitch: 43,
  cancelationReason: 44,
  idleReason: 45,
  idlePeriod: 46,
  soldModule: 47,
  moduleContract: 48,
  canceledModule: 49,
  debtor: 19,
  taxExport: 40,
  taxExportFile: 41,
  trialBookable: 31,
  trialConfig: 32,
  prospects: 33,
  offer: 20,
}
export const FIRST_MEMBER = 1_000
export const FIRST_SLOT = 500_000
export const FIRST_CONTRACT = 1_000_000
/** PostgreSQL takes at most 65 535 parameters in one statement. */
const ROWS_AT_ONCE = 500

/** What is unlike in each member, made from the id. */
export function memberTexts(mark: string, id: number) {
  return {
    customerNumber: `${mark}-${id}`,
    customerUuid: `0190163d-8694-439b-aea5-${String(id).padStart(12, '0')}`,
    firstName: `${mark}Edgar`,
    lastName: `${mark}Bullock`,
    email: `${mark}${id}@example.org`.toLowerCase(),
    cardNumber: String(1_290_000_000 + id),
    barcode: `${mark}bar${id}`,
  }
}

/** Members with a contract, a contingent, a card and a barcode; the first one was kept out for a day. */
export async function insertMembers({ tx, studio: { studioId, integrationId }, mark, firstId }: Fill, members: number) {
  const snapshot = { rateName: `${mark}rate`, rateCodes: [], openingHourCategoryId: null }
  const goesOn = { extensionType: 'TERM_EXTENSION' } as const
  for (let from = 0; from < members; from += ROWS_AT_ONCE) {
    const ns = Array.from({ length: Math.min(ROWS_AT_ONCE, members - from) }, (_, n) => from + n)
    const rows = <R>(row: (customerId: number, contractId: number, n: number) => R) =>
      ns.map((n) => row(firstId + FIRST_MEMBER + n, firstId + FIRST_CONTRACT + n, n))
    await tx.insert(customers).values(rows((id) => memberRow(studioId, mark, id)))
    await tx.insert(contracts).values(
      rows((customerId, id, n) => ({
        id,
        studioId,
        customerId,
        // That of the first member ends by itself; the others go on until they are canceled.
        snapshot: { ...snapshot, idlePolicy: pauseRules, ...(n > 0 ? goesOn : {}) },
        signedAt: CREATED,
        // That of the fourth one can still be withdrawn from.
        signingDate: n === 3 ? LATELY : FIRST_DAY,
        startDate: FIRST_DAY,
        committedEnd: Temporal.PlainDate.from('2030-12-31'),
        origin: 'IMPORT' as const,
        ...stamps,
      })),
    )
    await tx.insert(contractPhases).values(
      rows((_, contractId) => ({
        contractId,
        seq: 0,
        fromDate: FIRST_DAY,
        rateId: firstId + at.rate,
        snapshot,
        createdAt: CREATED,
      })),
    )
    await tx.insert(entitlements).values(
      rows((customerId, contractId) => ({
        customerId,
        contractId,
        serviceId: firstId + at.service,
        source: 'RATE' as const,
        ...FOREVER,
        anchor: FIRST_DAY,
        validFrom: FIRST_DAY,
        homeStudioId: studioId,
        ...stamps,
      })),
    )
    await tx.insert(accessMediums).values(rows((customerId) => makeMediums(mark, customerId)).flat())
  }
  const customerId = firstId + FIRST_MEMBER
  const ban = { customerId, reason: `${mark}reason`, startDate: FIRST_DAY, endDate: FIRST_DAY, ...stamps }
  await tx.insert(accessRestrictions).values([
    { ...ban, source: 'STAFF' },
    { ...ban, source: 'INTEGRATION', integrationId },
  ])
  await tx.insert(accessMediums).values({
    id: firstId + at.ownMedium,
    customerId,
    type: 'WALLET_PASS',
    valueNorm: `${mark}own`,
    ownerIntegrationId: integrationId,
    ...stamps,
  })
}

export function memberRow(studioId: number, mark: string, id: number): typeof customers.$inferInsert {
  const { customerNumber, customerUuid, firstName, lastName, email } = memberTexts(mark, id)
  const [first, last] = [firstName.toLowerCase(), lastName.toLowerCase()]
  return {
    id,
    studioId,
    customerNumber,
    uuid: customerUuid,
    referralCode: id.toString(36).toUpperCase().padStart(6, '0'),
    staticAccessNumber: String(id).padStart(12, '0'),
    firstName,
    lastName,
    firstFold: first,
    firstFoldTr: first,
    lastFold: last,
    lastFoldTr: last,
    email,
    emailFold: email,
    dateOfBirth: Temporal.PlainDate.from('1990-05-17'),
    gender: 'MALE',
    street: `${mark}street`,
    houseNumber: '7',
    zipCode: '10115',
    city: `${mark}city`,
    countryCode: 'DE',
    phonePrivate: '+49 30 901820',
    source: 'IMPORT',
    membershipUntil: 'FOREVER',
    announcedStatus: 'MEMBER',
    ...stamps,
  }
}

function makeMediums(mark: string, customerId: number) {
  const { cardNumber, barcode } = memberTexts(mark, customerId)
  return [
    { customerId, type: 'CARD_NUMBER' as const, valueNorm: cardNumber, ...stamps },
    { customerId, type: 'BARCODE' as const, valueNorm: barcode, ...stamps },
  ]
}
