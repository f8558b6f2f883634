import { periodAt } from '../../entitlements/contingent-rules.ts'
import { entitlementUsages } from '../../entitlements/tables.ts'
import { appointmentBooking } from '../planning/appointments.ts'
import { farAhead } from '../planning/calendar.ts'
import { service } from '../house/catalogue.ts'
import { classBooking } from '../planning/class-bookings.ts'
import { type ContractPlan, rateEntitlement } from '../contracts/contract-plans.ts'
import { norasPackages } from '../contracts/plant-contracts.ts'
import { max, otto } from './people.ts'
import { type Planting, plant } from '../planting.ts'

interface Use {
  readonly bookingId: number
  readonly customerId: number
  readonly serviceId: number
  /** Of the booking, from today. */
  readonly days: number
  readonly state: 'RESERVED' | 'CONSUMED' | 'RELEASED'
}

const training = { serviceId: service.personalTraining } as const
const fromRates: readonly Use[] = [
  { bookingId: appointmentBooking.maxNext, customerId: max, ...training, days: 2, state: 'RESERVED' },
  { bookingId: appointmentBooking.maxPast, customerId: max, ...training, days: -7, state: 'CONSUMED' },
  { bookingId: appointmentBooking.maxCanceled, customerId: max, ...training, days: 3, state: 'RELEASED' },
  { bookingId: appointmentBooking.ottoTomorrow, customerId: otto, ...training, days: 1, state: 'RESERVED' },
  { bookingId: appointmentBooking.ottoFar, customerId: otto, ...training, days: farAhead, state: 'RESERVED' },
  { bookingId: classBooking.maxLate, customerId: max, serviceId: service.aqua, days: -1, state: 'CONSUMED' },
]

/** What the bookings of the demo have taken from rates, by the month of the contract, and from packages. */
export async function plantUsages(planting: Planting, contracts: readonly ContractPlan[]) {
  const day = (days: number) => planting.today.add({ days })
  const contractByCustomer = new Map(contracts.map((contract) => [contract.customerId, contract]))
  const rows = fromRates.map(({ bookingId, customerId, serviceId, days, state }) => {
    const contract = contractByCustomer.get(customerId)
    if (!contract) throw new Error(`Customer ${customerId} of the demo has no contract.`)
    const start = day(contract.startsIn)
    const monthly = { period: { value: 1, unit: 'MONTH' as const }, anchorOn: start, validFrom: start, validTo: null }
    return {
      entitlementId: rateEntitlement(contract.id, serviceId),
      bookingId,
      serviceDate: day(days),
      state,
      periodStart: periodAt(monthly, day(days)).from,
    }
  })
  const used = { periodStart: day(-60), state: 'CONSUMED' as const }
  await plant(planting, entitlementUsages, [
    ...rows,
    {
      entitlementId: norasPackages.personalTraining,
      bookingId: appointmentBooking.noraPast,
      ...used,
      serviceDate: day(-20),
    },
    { entitlementId: norasPackages.aqua, bookingId: classBooking.noraAqua, ...used, serviceDate: day(-12) },
  ])
}
