import { accountsOfPerson, customerIdOfDebtor } from './accounts/index.ts'
import { appointmentsModule, appointmentsOfPerson, settleAppointment } from './appointments/index.ts'
import { benefitsModule } from './benefits/index.ts'
import { bookingsModule, fillBookingHooks, hasAdmittingBooking, noteParticipation } from './bookings/index.ts'
import { calendarFeedsModule, calendarFeedsOfPerson } from './calendar-feeds/index.ts'
import { checkinsModule, fillCheckinHooks, visitsOfPerson } from './checkins/index.ts'
import { classBookingsOfPerson, classesModule, settleSlot } from './classes/index.ts'
import { communicationModule, communicationOfPerson, startPreferences } from './communication/index.ts'
import { contractsOfPerson, followToStudio } from './contracts/index.ts'
import { customerFilesModule, filesOfPerson } from './customer-files/index.ts'
import { customersModule, customersOfPerson, fillCustomerHooks } from './customers/index.ts'
import { devicesModule } from './devices/index.ts'
import { employeesModule } from './employees/index.ts'
import { entitlementsOfPerson } from './entitlements/index.ts'
import { integrationsModule } from './integrations/index.ts'
import { leadsModule, leadsOfPerson } from './leads/index.ts'
import { consumeInstrumentToken, paymentsOfPerson } from './payments/index.ts'
import type { Module } from './platform/module.ts'
import { fillPersonParts, privacyModule, requestsOfPerson } from './privacy/index.ts'
import { amendmentsOfPerson, moveAmendments, selfServiceModule } from './self-service/index.ts'
import { studiosModule } from './studios/index.ts'
import { findTrialFacts, trialOffersModule } from './trial-offers/index.ts'
import { endSpentCodes, vouchersModule, vouchersOfPerson } from './vouchers/index.ts'
import { webhooksModule } from './webhooks/index.ts'
import { weighingsModule, weighingsOfPerson } from './weighings/index.ts'

fillCustomerHooks({
  customerIdOfDebtor,
  onCreate: [startPreferences, consumeInstrumentToken],
  onStudioSwitch: [moveAmendments, followToStudio],
})

fillPersonParts([
  contractsOfPerson,
  entitlementsOfPerson,
  accountsOfPerson,
  visitsOfPerson,
  classBookingsOfPerson,
  appointmentsOfPerson,
  calendarFeedsOfPerson,
  leadsOfPerson,
  communicationOfPerson,
  paymentsOfPerson,
  vouchersOfPerson,
  filesOfPerson,
  weighingsOfPerson,
  customersOfPerson,
  amendmentsOfPerson,
  requestsOfPerson,
])

fillCheckinHooks({ hasAdmittingBooking, onCheckIn: noteParticipation, onPassVisitEnded: endSpentCodes })

fillBookingHooks({ settleClassSlot: settleSlot, settleAppointment, findTrial: findTrialFacts })

/** The table of contents: every module, each after the ones it uses. */
export const modules: readonly Module[] = [
  studiosModule,
  integrationsModule,
  employeesModule,
  customersModule,
  customerFilesModule,
  communicationModule,
  selfServiceModule,
  checkinsModule,
  benefitsModule,
  weighingsModule,
  bookingsModule,
  classesModule,
  appointmentsModule,
  calendarFeedsModule,
  leadsModule,
  trialOffersModule,
  vouchersModule,
  devicesModule,
  webhooksModule,
  privacyModule,
]
