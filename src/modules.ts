import { customerIdOfDebtor } from './accounts/index.ts'
import { appointmentsModule, settleAppointment } from './appointments/index.ts'
import { benefitsModule, reverseBenefitUse, useBenefitWithin } from './benefits/index.ts'
import { calendarFeedsModule } from './calendar-feeds/index.ts'
import { checkinsModule, fillCheckinHooks } from './checkins/index.ts'
import { classesModule, fillBookingHooks, hasAdmittingBooking, noteParticipation } from './classes/index.ts'
import { communicationModule, startPreferences } from './communication/index.ts'
import { customersModule, fillCustomerHooks } from './customers/index.ts'
import { devicesModule } from './devices/index.ts'
import { employeesModule } from './employees/index.ts'
import { leadsModule } from './leads/index.ts'
import { followToStudio } from './memberships/index.ts'
import { consumeInstrumentToken } from './payments/index.ts'
import { personParts } from './person-parts.ts'
import type { Module } from './platform/module.ts'
import { studiosModule } from './studios/index.ts'
import { findTrialFacts, trialOffersModule } from './trial-offers/index.ts'
import { endSpentCodes, vouchersModule } from './vouchers/index.ts'
import { webhooksModule } from './webhooks/index.ts'

fillCustomerHooks({
  customerIdOfDebtor,
  onCreate: [startPreferences, consumeInstrumentToken],
  useBenefitWithin,
  reverseBenefitUse,
  onStudioSwitch: [followToStudio],
  personParts,
})

fillCheckinHooks({ hasAdmittingBooking, onCheckIn: noteParticipation, onPassVisitEnded: endSpentCodes })

fillBookingHooks({ settleAppointment, findTrial: findTrialFacts })

/** The table of contents: every module, each after the ones it uses. */
export const modules: readonly Module[] = [
  studiosModule,
  employeesModule,
  customersModule,
  communicationModule,
  checkinsModule,
  benefitsModule,
  classesModule,
  appointmentsModule,
  calendarFeedsModule,
  leadsModule,
  trialOffersModule,
  devicesModule,
  vouchersModule,
  webhooksModule,
]
