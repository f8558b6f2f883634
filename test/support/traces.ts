/** What a write leaves behind: lines of the audit log and events of the catalogue, in their order. */
export interface Trace {
  readonly actions: readonly string[]
  readonly events: readonly string[]
}

const bookings: Readonly<Record<string, Trace>> = {
  bookClassSlot: { actions: ['booking.created'], events: ['CLASS_BOOKING_CREATED'] },
  cancelClassSlotById: { actions: ['booking.canceled'], events: ['CLASS_BOOKING_CANCELLED'] },
  bookAppointmentBooking: { actions: ['booking.created'], events: ['APPOINTMENT_BOOKING_CREATED'] },
  deleteAppointmentBooking: {
    actions: ['booking.canceled', 'appointment.canceled'],
    events: ['APPOINTMENT_BOOKING_CANCELLED'],
  },
  bookClassSlotForTrialOffers: { actions: ['booking.created'], events: [] },
  bookAppointmentForTrialOffer: { actions: ['booking.created'], events: [] },
  holdClassSlot: { actions: ['hold.created'], events: [] },
  holdAppointment: { actions: ['hold.created'], events: [] },
  releaseHold: { actions: ['hold.canceled'], events: [] },
  confirmTrialOfferBooking: { actions: ['booking.confirmed'], events: ['APPOINTMENT_BOOKING_CREATED'] },
}

const money: Readonly<Record<string, Trace>> = {
  userSession: { actions: ['paymentSession.opened'], events: [] },
  bookCustomerPayment: { actions: ['paymentRequest.consumed', 'journal.booked'], events: ['PAYMENT_BOOKED'] },
  updateCustomerPaymentInstrument: {
    actions: ['paymentRequest.consumed', 'paymentInstrument.installed'],
    events: ['CUSTOMER_UPDATED', 'PAYMENT_INSTRUMENT_UPDATED'],
  },
}

const people: Readonly<Record<string, Trace>> = {
  createCustomer: { actions: ['customer.created'], events: ['CUSTOMER_CREATED'] },
  createLead: { actions: ['customer.created', 'lead.created'], events: ['CUSTOMER_CREATED'] },
  createLeadCustomer: { actions: ['customer.created', 'lead.created'], events: ['CUSTOMER_CREATED'] },
  redeemCheckinVoucher: {
    actions: ['customer.created', 'pass.granted', 'accessMedium.created', 'checkinVoucher.redeemed'],
    events: ['CUSTOMER_CREATED', 'ONLINE_OFFER_PURCHASED', 'CUSTOMER_ACCESS_MEDIUM_CREATED'],
  },
  postOnlineOfferPurchase: { actions: ['pass.bought'], events: ['ONLINE_OFFER_PURCHASED'] },
  setAdditionalInformationFieldAssignments: { actions: ['customer.informationUpdated'], events: ['CUSTOMER_UPDATED'] },
  switchStudio: { actions: ['customer.studioSwitched'], events: ['CUSTOMER_HOME_STUDIO_UPDATED'] },
  getCustomerDataExport: { actions: ['customer.exported', 'customer.exportStored'], events: [] },
  requestCustomerErasure: { actions: ['erasureRequest.created'], events: [] },
  createExport: { actions: ['taxExport.created'], events: [] },
}

const signed = ['CONTRACT_CREATED', 'CUSTOMER_CHECKIN_STUDIOS_UPDATED'] as const

const memberships: Readonly<Record<string, Trace>> = {
  signupMembership: { actions: ['customer.created', 'contract.signed'], events: ['CUSTOMER_CREATED', ...signed] },
  addMembership: { actions: ['contract.signed'], events: signed },
  createIdlePeriodAmendment: {
    actions: ['idlePeriod.created', 'contract.paused'],
    events: ['CONTRACT_UPDATED', 'CONTRACT_IDLE_PERIOD_CREATED'],
  },
  updateIdlePeriod: {
    actions: ['idlePeriod.updated', 'contract.pauseChanged'],
    events: ['CONTRACT_UPDATED', 'CONTRACT_IDLE_PERIOD_UPDATED'],
  },
  withdrawIdlePeriod: {
    actions: ['contract.pauseWithdrawn'],
    events: ['CONTRACT_UPDATED', 'CONTRACT_IDLE_PERIOD_CANCELLED'],
  },
  createContractCancelationAmendment: { actions: ['contract.canceled'], events: ['CONTRACT_CANCELLED'] },
  withdrawContractCancelation: { actions: ['contract.cancelationWithdrawn'], events: ['CONTRACT_UPDATED'] },
  withdrawContract: {
    actions: ['contract.reversed', 'customer.statusChanged'],
    events: ['CONTRACT_REVERSED', 'CUSTOMER_UPDATED'],
  },
  purchaseAdditionalModuleContract: {
    actions: ['contract.moduleSold'],
    events: ['CONTRACT_UPDATED', 'CONTRACT_ADDITIONAL_MODULE_CREATED'],
  },
  createModuleContractCancelationAmendment: {
    actions: ['contract.moduleCanceled'],
    events: ['CONTRACT_UPDATED', 'CONTRACT_ADDITIONAL_MODULE_CANCELLED'],
  },
  withdrawAdditionalModuleContractCancelation: {
    actions: ['contract.moduleCancelationWithdrawn'],
    events: ['CONTRACT_UPDATED', 'CONTRACT_ADDITIONAL_MODULE_UPDATED'],
  },
  switchMembership: {
    actions: ['contract.switched', 'contract.signed'],
    events: ['CONTRACT_CANCELLED', 'CONTRACT_UPDATED', ...signed],
  },
}

/** Without a word of the studio, contact data changes at once, and the rest waits for a yes. */
const wishes: Readonly<Record<string, Trace>> = {
  createCustomerContactDataAmendment: {
    actions: ['amendment.applied', 'customer.dataChanged'],
    events: ['CUSTOMER_UPDATED'],
  },
  createCustomerAddressDataAmendment: { actions: ['amendment.requested'], events: [] },
  createCustomerMasterDataAmendment: { actions: ['amendment.requested'], events: [] },
  createCustomerPaymentDataAmendment: { actions: ['amendment.requested'], events: [] },
  withdrawAmendment: { actions: ['amendment.withdrawn'], events: [] },
  createCommunicationInNewCommunicationThread: { actions: ['communication.recorded'], events: [] },
  createCommunicationInExistingCommunicationThread: { actions: ['communication.recorded'], events: [] },
  updateCommunicationPreferences: {
    actions: ['customer.preferencesChanged'],
    events: ['CUSTOMER_COMMUNICATION_PREFERENCES_UPDATED'],
  },
}

const visits: Readonly<Record<string, Trace>> = {
  checkInCustomer: { actions: ['visit.begun'], events: ['CUSTOMER_CHECKIN'] },
  checkOutCustomer: { actions: ['visit.ended'], events: ['CUSTOMER_CHECKOUT'] },
  useBenefit: { actions: ['benefit.used'], events: [] },
  addAccessMediums: { actions: ['accessMedium.created'], events: ['CUSTOMER_ACCESS_MEDIUM_CREATED'] },
  addAccessMedium: {
    actions: ['accessMedium.created'],
    events: ['CUSTOMER_ACCESS_MEDIUM_CREATED'],
  },
  updateAccessMediums: { actions: ['accessMedium.updated'], events: ['CUSTOMER_ACCESS_MEDIUM_UPDATED'] },
  deleteAccessMediums: { actions: ['accessMedium.deleted'], events: ['CUSTOMER_ACCESS_MEDIUM_DELETED'] },
  setAccessRestriction: { actions: ['accessRestriction.updated'], events: ['CUSTOMER_UPDATED'] },
  deleteAccessRestriction: { actions: ['accessRestriction.deleted'], events: ['CUSTOMER_ACCESS_RESTRICTION_DELETED'] },
  updateImage: { actions: ['customer.imageReplaced'], events: ['CUSTOMER_UPDATED'] },
  uploadDocument: { actions: ['document.filed'], events: [] },
  createCustomerWeighing: { actions: ['weighing.created'], events: [] },
}

/** What each writing operation of the API leaves behind when its call of `calls.ts` is carried out. */
export const traces: Readonly<Record<string, Trace>> = {
  ...bookings,
  ...money,
  ...people,
  ...memberships,
  ...wishes,
  ...visits,
  confirmActivation: { actions: ['activation.confirmed'], events: [] },
  updateStudioTags: { actions: ['studio.tagged'], events: [] },
  createClassCalendarFeed: { actions: ['calendarFeed.created'], events: [] },
  createInstructorCalendarFeed: { actions: ['calendarFeed.created'], events: [] },
  createBookingCalendarFeed: { actions: ['calendarFeed.created'], events: [] },
  revokeCalendarFeed: { actions: ['calendarFeed.revoked'], events: [] },
  activateDevice: { actions: ['device.activated'], events: [] },
  confirmTransfer: { actions: ['debtCollectionRun.confirmed'], events: [] },
  updateDebtCollection: { actions: ['journal.booked', 'collectionCase.reported'], events: ['PAYMENT_BOOKED'] },
}
