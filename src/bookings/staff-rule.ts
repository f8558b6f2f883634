import { type Static, Type } from 'typebox'
import { flag, id, int32, list, choice, text } from '../platform/api/schema.ts'
import type { BookingRuleInput } from './rule-store.ts'
import { bookingTermUnits } from './tables.ts'

const term = (description: string) =>
  Type.Object(
    { value: int32('How many.', { minimum: 0 }), unit: choice(bookingTermUnits, 'Of what.') },
    { description },
  )

/** When and by whom something may be booked and canceled, as staff say it; what is left out stays as it is. */
export const staffRuleFields = {
  earliest: Type.Optional(term('bookable from this long before the start; left out: at any time')),
  latest: Type.Optional(term('bookable until this long before the start; left out: until the start')),
  cancel: Type.Optional(term('cancelable until this long before the start; left out: until the start')),
  cancelAfterLatest: Type.Optional(flag('may be canceled after that too, but the use is counted')),
  maxOpenPerCustomer: Type.Optional(int32('open bookings of one customer', { minimum: 0 })),
  contingentMode: Type.Optional(choice(['NONE', 'REQUIRED', 'CHARGE'], 'what a booking uses up')),
  price: Type.Optional(text('with charge: the price in the currency of the studio, for instance 12.50')),
  requiresActiveContract: Type.Optional(flag('asks for an active contract')),
  allowedRateIds: Type.Optional(list(id('A rate.'), 'only customers of these rates')),
  allowedMemberCodes: Type.Optional(list(text('A code.'), 'only customers with one of these member codes')),
  allowForeign: Type.Optional(flag('customers of sister studios may book')),
  staffConfirmation: Type.Optional(flag('staff confirm each booking')),
}

/** How the options of a rule are called; `parent` is the field of the body that holds the rule, with a dot. */
export function staffRuleOptions(parent: '' | `${string}.`): Readonly<Record<string, string>> {
  const flags = {
    earliest: '--earliest <term>',
    latest: '--latest <term>',
    cancel: '--cancel <term>',
    cancelAfterLatest: '--late-cancel',
    maxOpenPerCustomer: '--max-open <n>',
    contingentMode: '--contingent <mode>',
    price: '--price <amount>',
    requiresActiveContract: '--[no-]contract',
    allowedRateIds: '--rates <ids>',
    allowedMemberCodes: '--codes <list>',
    allowForeign: '--[no-]foreign',
    staffConfirmation: '--confirm',
  }
  return Object.fromEntries(Object.entries(flags).map(([field, option]) => [`${parent}${field}`, option]))
}

const schema = Type.Object(staffRuleFields)

/** The columns of a rule that staff name; `currency` is that of the studio. */
export function readStaffRule(rule: Static<typeof schema>, currency: string): Partial<BookingRuleInput> {
  const { earliest, latest, cancel, price, ...same } = rule
  return {
    ...same,
    ...(earliest ? { earliestTermValue: earliest.value, earliestTermUnit: earliest.unit } : {}),
    ...(latest ? { latestTermValue: latest.value, latestTermUnit: latest.unit } : {}),
    ...(cancel ? { cancelTermValue: cancel.value, cancelTermUnit: cancel.unit } : {}),
    ...(price === undefined ? {} : { price, currency }),
  }
}
