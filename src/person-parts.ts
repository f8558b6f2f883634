import { accountsOfPerson } from './accounts/index.ts'
import { appointmentsOfPerson } from './appointments/index.ts'
import { calendarFeedsOfPerson } from './calendar-feeds/index.ts'
import { visitsOfPerson } from './checkins/index.ts'
import { classBookingsOfPerson } from './classes/index.ts'
import { communicationOfPerson } from './communication/index.ts'
import type { PersonPart } from './customers/index.ts'
import { leadsOfPerson } from './leads/index.ts'
import { membershipsOfPerson } from './memberships/index.ts'
import { paymentsOfPerson } from './payments/index.ts'
import { vouchersOfPerson } from './vouchers/index.ts'

/** What each module above customers keeps about people. A test scans every table for what a part has forgotten. */
export const personParts: readonly PersonPart[] = [
  membershipsOfPerson,
  accountsOfPerson,
  visitsOfPerson,
  classBookingsOfPerson,
  appointmentsOfPerson,
  calendarFeedsOfPerson,
  leadsOfPerson,
  communicationOfPerson,
  paymentsOfPerson,
  vouchersOfPerson,
]
