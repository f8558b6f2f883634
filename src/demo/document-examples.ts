import type { DocumentExamples } from '../platform/api/openapi-examples.ts'
import { demoApp } from './house/chain.ts'
import { moduleIds } from './house/catalogue.ts'
import { demoFeed } from './house/calendar-feeds.ts'
import { anna } from './house/employees.ts'
import { frequency, offer, offerTerm } from './house/offers.ts'
import { hamburg } from './house/studios.ts'
import { demoExport } from './house/tax-exports.ts'
import { membershipSwitch } from './house/switches.ts'
import { edgarsContract, edgarsDrinks, edgarsPause } from './contracts/story-contracts.ts'
import { memberContract, memberIds } from './people/members.ts'
import { demoAgencyCase, demoRun } from './people/collection.ts'
import { demoTokens, upgrader } from './people/payments.ts'
import { edgar, lea, max } from './people/people.ts'
import { appointmentBooking, bookable } from './planning/appointments.ts'
import { classBooking } from './planning/class-bookings.ts'
import { missionBeachBody } from './planning/classes.ts'
import { namedSlot, slotId } from './planning/slots.ts'
import { trialWeek } from './planning/trial-offers.ts'

/** Values of the demo chain with which the forms of the documents start, as of a day in its studios. */
export function demoExamples(today: Temporal.PlainDate): DocumentExamples {
  return {
    named: { ...ids, startDate: today.toString(), switchDate: today.toString() },
    operations: { ...choices, ...stories, ...switchesOn(today), ...appointmentsOn(today) },
  }
}

const dayPass = 401

/** Edgar has everything; what he has not, another person of the chain has. */
const ids = {
  customerId: edgar,
  id: anna,
  employeeId: anna,
  classId: missionBeachBody.id,
  classSlotId: namedSlot.free,
  bookableAppointmentId: bookable.personalTraining,
  bookingId: classBooking.maxFar,
  membershipOfferId: offer.basic,
  contractOfferTermId: offerTerm.basic12,
  trialOfferConfigId: trialWeek,
  configId: trialWeek,
  contractId: edgarsContract,
  idlePeriodId: edgarsPause,
  additionalModuleContractId: edgarsDrinks,
  debtCollectionRunId: demoRun.waiting,
  offerId: dayPass,
  targetStudioId: hamburg,
  integrationId: demoApp,
  calendarFeedId: demoFeed,
  exportId: demoExport.json,
  // Nobody holds anything yet.
  holdId: 1,
  benefitKey: 'BENEFIT_KEY',
  cardNumber: '4000002040',
}

/** Operations that take exactly one of several criteria. */
const choices = {
  getCustomerBy: { cardNumber: '1233588160' },
  getCrossStudioCustomerBy: { cardNumber: '1233588160' },
  getCustomerMeasurement: { cardNumber: '1233588160' },
  getBenefitsByCardNumber: { cardNumber: '1233588160' },
  getDebtCollectionCases: { agencyCollectionCaseId: [demoAgencyCase] },
  getCustomerContractsBy: { cardNumber: '1290158199' },
  searchCustomers: { lastName: 'Müller' },
  searchCrossStudioCustomers: { lastName: 'Müller' },
}

const mia = 1011
const rosa = 1004
const guest = memberIds[50]
/** Has signed a week ago, and begins in two weeks. */
const [newcomer = 0] = memberIds
/** The medium that the integration itself has added. */
const partnersPass = 7004
const phone = '+49 30 5550117'
/** One stroke, as SVG in base64. */
const drawing =
  'PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciIHZpZXdCb3g9IjAgMCAxMDAgMzAiPjxwYXRoIGQ9Ik01IDIwIEw5NSAxMCIgc3Ryb2tlPSJibGFjayIvPjwvc3ZnPg=='

/** People and things for whom the operation has something to do. */
const stories = {
  bookCustomerPayment: {
    customerId: max,
    paymentRequestToken: demoTokens.payment,
    amount: { amount: 29.9, currency: 'EUR' },
  },
  postOnlineOfferPurchase: { customerId: edgar, onlineOfferId: dayPass, paymentRequestToken: demoTokens.pass },
  updateCustomerPaymentInstrument: { customerId: guest, paymentRequestToken: demoTokens.instrument },
  createCustomerPaymentDataAmendment: { signature: { base64SvgSignature: drawing } },
  signupMembership: { firstName: 'Nele', lastName: 'Brandt', email: 'nele@mail.example' },
  purchaseAdditionalModuleContract: { additionalModuleId: moduleIds.towels.id, paymentFrequencyId: frequency.towels },
  getDocumentById: { id: 7201 },
  getCommunicationThread: { customerId: mia, threadId: 5101 },
  createCommunicationInExistingCommunicationThread: { customerId: mia, threadId: 5101 },
  withdrawAmendment: { customerId: mia, amendmentId: 5011 },
  getAppointmentBooking: { bookingId: appointmentBooking.maxNext },
  deleteAppointmentBooking: { bookingId: appointmentBooking.maxNext },
  getAppointmentBookings: { customerId: max },
  getClassBookingsByCustomerId: { customerId: max },
  bookClassSlot: { customerId: max },
  validateClassSlot: { customerId: max },
  getBookableAppointmentSlotsForTrialOffers: { bookableAppointmentId: bookable.trialTraining },
  confirmTrialOfferBooking: { bookingId: appointmentBooking.timPending },
  bookClassSlotForTrialOffers: { customerId: lea, classSlotId: slotId(missionBeachBody.id, 60) },
  validateClassSlotForTrialOffers: { customerId: lea, classSlotId: slotId(missionBeachBody.id, 60) },
  redeemCheckinVoucher: { voucherCode: 'CHVB1-YL29-MYVA' },
  createLead: { firstname: 'Jonas', lastname: 'Reuter', email: 'jonas@mail.example', telephone: phone },
  createLeadCustomer: { firstname: 'Lena', lastname: 'Vogt', email: 'lena@mail.example', telephone: phone },
  createCustomerContactDataAmendment: { phonePrivate: phone },
  createCustomerWeighing: { weight: 68.4, height: 171.5 },
  updateCommunicationPreferences: {
    messageCategory: 'NEWSLETTER',
    channels: [{ communicationChannel: 'EMAIL', active: true }],
  },
  addAccessMediums: { customerId: guest, type: 'CARD_NUMBER', value: '2864434397' },
  addAccessMedium: { customerId: guest, type: 'BARCODE', value: 'GUEST2051' },
  updateAccessMediums: { accessMediumId: partnersPass, value: 'wallet-1001b' },
  deleteAccessMediums: { accessMediumId: partnersPass },
  setAdditionalInformationFieldAssignments: { additionalInformationFieldId: 302, value: 'true' },
  deleteAccessRestriction: { customerId: rosa },
  checkInCustomer: { customerId: guest },
  switchStudio: { customerId: memberIds[60] },
  withdrawContract: { customerId: newcomer, contractId: memberContract(newcomer) },
  activateDevice: { deviceId: 28 },
  updateStudioTags: { name: 'sauna' },
}

/** A member of Basic goes over to Premium with the next month, whose first fee is paid in advance. */
function switchesOn(today: Temporal.PlainDate) {
  const wish = {
    customerId: upgrader,
    configId: membershipSwitch.upgrade,
    membershipOfferTermId: offerTerm.premium,
    sourceContractId: memberContract(upgrader ?? 0),
    startDate: today.add({ months: 1 }).with({ day: 1 }).toString(),
  }
  return {
    getMembershipSwitchConfigurationForCustomer: { customerId: upgrader, configId: membershipSwitch.upgrade },
    postMembershipSwitchPreview: wish,
    switchMembership: { ...wish, initialPaymentRequestToken: demoTokens.upgrade },
  }
}

/** Free hours on Mondays, which lie far enough ahead for every rule. */
function appointmentsOn(today: Temporal.PlainDate) {
  const monday = today.add({ days: 14 + 8 - today.dayOfWeek })
  const noon = hourFrom(monday, '12:00')
  const training = { ...noon, customerId: max }
  const trial = { ...noon, customerId: lea, bookableAppointmentId: bookable.trialTraining }
  return {
    bookAppointmentBooking: training,
    validateForAppointmentBooking: training,
    holdAppointment: { ...hourFrom(monday, '09:00'), bookableAppointmentId: bookable.trialTraining },
    bookAppointmentForTrialOffer: trial,
    validateForAppointmentBookingForTrialOffers: trial,
  }
}

function hourFrom(day: Temporal.PlainDate, at: string) {
  const start = day.toZonedDateTime({ timeZone: 'Europe/Berlin', plainTime: at })
  const print = (moment: Temporal.ZonedDateTime) => moment.toString({ timeZoneName: 'never' })
  return { startDateTime: print(start), endDateTime: print(start.add({ hours: 1 })) }
}
