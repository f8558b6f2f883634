import { accountsModule, customerIdOfDebtor, fillAccountHooks, moveAccountClaims } from './accounts/index.ts'
import { appointmentPlans, appointmentsModule, settleAppointment } from './appointments/index.ts'
import { benefitsModule } from './benefits/index.ts'
import { bookkeepingExportsModule } from './bookkeeping-exports/index.ts'
import { bookingsModule, fillBookingHooks, hasAdmittingBooking, recordParticipation } from './bookings/index.ts'
import { calendarFeedsModule } from './calendar-feeds/index.ts'
import { checkinsModule, fillCheckinHooks } from './checkins/index.ts'
import { classesModule, classPlans, settleSlot } from './classes/index.ts'
import { communicationModule, startPreferences } from './communication/index.ts'
import { contractsModule, fillContractHooks, followToStudio, listSoldTerms, repairCharges } from './contracts/index.ts'
import { customerFilesModule } from './customer-files/index.ts'
import { customersModule, fillCustomerHooks } from './customers/index.ts'
import { debtCollectionModule, handOverDefaulter } from './debt-collection/index.ts'
import { devicesModule } from './devices/index.ts'
import { employeesModule, fillEmployeeHooks } from './employees/index.ts'
import { entitlementsModule } from './entitlements/index.ts'
import { integrationsModule } from './integrations/index.ts'
import { leadsModule } from './leads/index.ts'
import { fillOfferHooks, isCompany, membershipOffersModule } from './membership-offers/index.ts'
import { onlineOffersModule } from './online-offers/index.ts'
import { consumeInstrumentToken, fillPaymentHooks, paymentsModule } from './payments/index.ts'
import { fillPersonParts, privacyModule } from './privacy/index.ts'
import { lockEmployeeResources, resourcesModule } from './resources/index.ts'
import { moveAmendments, selfServiceModule, supersedePaymentData } from './self-service/index.ts'
import { fillStudioHooks, studiosModule } from './studios/index.ts'
import { readyTrialFacts, trialOffersModule } from './trial-offers/index.ts'
import { endSpentCodes, vouchersModule } from './vouchers/index.ts'
import { webhooksModule } from './webhooks/index.ts'
import { weighingsModule } from './weighings/index.ts'
import type { Module } from './module.ts'

/**
 * The register: every module, each after the ones it uses. Documents, routes, pages, workers, jobs, figures and
 * the parts of a person are read from here, and `npm run check` takes the order of the folders from here.
 */
export const modules: readonly Module[] = [
  studiosModule,
  integrationsModule,
  employeesModule,
  customersModule,
  customerFilesModule,
  communicationModule,
  accountsModule,
  paymentsModule,
  selfServiceModule,
  entitlementsModule,
  membershipOffersModule,
  contractsModule,
  onlineOffersModule,
  checkinsModule,
  benefitsModule,
  weighingsModule,
  resourcesModule,
  bookingsModule,
  classesModule,
  appointmentsModule,
  calendarFeedsModule,
  leadsModule,
  trialOffersModule,
  vouchersModule,
  devicesModule,
  debtCollectionModule,
  bookkeepingExportsModule,
  webhooksModule,
  privacyModule,
]

// What lower modules leave to higher ones.

fillStudioHooks({
  dueJobs: modules.flatMap(({ jobs = [] }) => jobs.filter(({ kind }) => kind === 'DUE').map(({ name }) => name)),
})
fillEmployeeHooks({ lockBookings: lockEmployeeResources, planning: [classPlans, appointmentPlans] })
fillCustomerHooks({
  customerIdOfDebtor,
  onCreate: [startPreferences, consumeInstrumentToken],
  onStudioSwitch: [moveAmendments, followToStudio, moveAccountClaims],
})
fillPaymentHooks({ supersedePaymentData })
fillOfferHooks({ listSoldTerms })
fillAccountHooks({ repairCharges, isCompany })
fillContractHooks({ handOver: handOverDefaulter })
fillCheckinHooks({ hasAdmittingBooking, onCheckIn: recordParticipation, onPassVisitEnded: endSpentCodes })
fillBookingHooks({ settleClassSlot: settleSlot, settleAppointment, findTrial: readyTrialFacts })
fillPersonParts(modules.flatMap(({ personPart }) => personPart ?? []))
