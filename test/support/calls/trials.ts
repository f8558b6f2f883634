import type { MakeCall, Named, Parts } from './calls.ts'

const slot: MakeCall = ({ prospectId, classSlotId }) => ({ body: { customerId: prospectId, classSlotId } })

/** The same with the held seat. */
export const slotWithHold: MakeCall = ({ prospectId, classSlotId, holdId }) => ({
  body: { customerId: prospectId, classSlotId, holdId },
})

function appointment({ prospectId, trialBookableId, appointmentStart }: Named): Parts {
  const start = Temporal.Instant.from(appointmentStart)
  const times = { startDateTime: String(start), endDateTime: String(start.add({ minutes: 30 })) }
  return { body: { customerId: prospectId, bookableAppointmentId: trialBookableId, ...times } }
}

function held(named: Named): Parts {
  const { customerId: _nobody, ...body } = appointment(named).body as Record<string, unknown>
  return { body }
}

function lead({ trialConfigId, newcomer }: Named): Parts {
  return {
    body: {
      trialOfferConfigId: trialConfigId,
      leadCustomerData: {
        firstname: `${newcomer}Tim`,
        lastname: `${newcomer}Probe`,
        email: `${newcomer.toLowerCase()}trial@mail.example`,
        telephone: '+49 30 5550119',
        dateOfBirth: '1998-03-12',
        address: { street: `${newcomer}gasse`, houseNumber: '3', zipCode: '10435', city: 'Berlin' },
      },
    },
  }
}

/** Trial offers, and the prospect who tries them. */
export const trialCalls: Readonly<Record<string, MakeCall>> = {
  getBookableTrialOfferClasses: () => ({}),
  getBookableTrialOfferAppointments: () => ({}),
  getTrialOfferConfig: ({ trialConfigId }) => ({ params: { configId: trialConfigId } }),
  getClassSlotsForTrialOffers: ({ classId }) => ({ params: { classId } }),
  getBookableAppointmentSlotsForTrialOffers: ({ trialBookableId, prospectId }) => ({
    params: { bookableAppointmentId: trialBookableId },
    query: { customerId: prospectId },
  }),
  validateForLeadCustomerCreation: lead,
  createLeadCustomer: lead,
  validateClassSlotForTrialOffers: slot,
  bookClassSlotForTrialOffers: slot,
  validateForAppointmentBookingForTrialOffers: appointment,
  bookAppointmentForTrialOffer: appointment,
  holdClassSlot: ({ classSlotId }) => ({ body: { classSlotId } }),
  holdAppointment: held,
  getHold: ({ holdId }) => ({ params: { holdId } }),
  releaseHold: ({ holdId }) => ({ params: { holdId } }),
  confirmTrialOfferBooking: ({ trialBookingId }) => ({ params: { bookingId: trialBookingId } }),
}
