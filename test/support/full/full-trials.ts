import { bookableAppointments } from '../../../src/appointments/tables.ts'
import { customers } from '../../../src/customers/customer-table.ts'
import { trialOfferAssignments, trialOfferConfigs } from '../../../src/trial-offers/tables.ts'
import { at, CREATED, type Fill, memberRow, stamps } from './full-members.ts'

export function trialIds(firstId: number) {
  return {
    trialConfigId: firstId + at.trialConfig,
    trialBookableId: firstId + at.trialBookable,
    prospectId: firstId + at.prospects,
  }
}

/** Another prospect of the studio, for bookings that must not stand in the first one's way. */
export const secondProspect = ({ prospectId }: { readonly prospectId: number }) => prospectId + 1

/** A trial offer of the studio's class and of a bookable of its own, and two prospects who may try them. */
export async function insertTrials({ tx, studio: { studioId }, mark, firstId }: Fill) {
  const { trialConfigId: configId, trialBookableId: bookableId, prospectId } = trialIds(firstId)
  await tx.insert(customers).values(
    [prospectId, prospectId + 1].map((id) => ({
      ...memberRow(studioId, mark, id),
      firstName: `${mark}Tina`,
      firstFold: `${mark}tina`.toLowerCase(),
      membershipUntil: null,
      announcedStatus: 'PROSPECT' as const,
      dateOfBirth: null,
    })),
  )
  await tx.insert(bookableAppointments).values({
    id: bookableId,
    studioId,
    serviceId: firstId + at.service,
    title: `${mark}Trial`,
    durationMin: 30,
    forCustomers: false,
    ruleId: firstId + at.rule,
    ...stamps,
  })
  await tx.insert(trialOfferConfigs).values({
    id: configId,
    studioId,
    name: `${mark}week`,
    contingent: 1000,
    leadDataConfigId: configId,
    confirmationTermValue: 1,
    confirmationTermUnit: 'HOURS',
    ...stamps,
  })
  const assigned = { studioId, configId, createdAt: CREATED }
  await tx.insert(trialOfferAssignments).values([
    { ...assigned, classId: firstId + at.class },
    { ...assigned, bookableId },
  ])
}
