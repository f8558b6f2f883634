/** Types that the reference API knows; a catch-all endpoint receives exactly these. */
export const catalogueEventTypes = [
  'ADDITIONAL_INFORMATION_FIELDS_UPDATED',
  'AGGREGATOR_MEMBER_CREATED',
  'APPOINTMENT_BOOKING_CREATED',
  'APPOINTMENT_BOOKING_UPDATED',
  'APPOINTMENT_BOOKING_CANCELLED',
  'AUTOMATIC_CUSTOMER_CHECKOUT',
  'CONTRACT_CREATED',
  'CONTRACT_UPDATED',
  'CONTRACT_CANCELLED',
  'CONTRACT_REVERSED',
  'CONTRACT_ADDITIONAL_MODULE_CREATED',
  'CONTRACT_ADDITIONAL_MODULE_UPDATED',
  'CONTRACT_ADDITIONAL_MODULE_CANCELLED',
  'CONTRACT_ADDITIONAL_MODULE_DELETED',
  'CONTRACT_IDLE_PERIOD_CREATED',
  'CONTRACT_IDLE_PERIOD_UPDATED',
  'CONTRACT_IDLE_PERIOD_CANCELLED',
  'CUSTOMER_ACCESS_MEDIUM_CREATED',
  'CUSTOMER_ACCESS_MEDIUM_UPDATED',
  'CUSTOMER_ACCESS_MEDIUM_DELETED',
  'CUSTOMER_ACCESS_RESTRICTION_CREATED',
  'CUSTOMER_ACCESS_RESTRICTION_DELETED',
  'CUSTOMER_CHECKIN',
  'CUSTOMER_CHECKOUT',
  'CUSTOMER_CHECKIN_STUDIOS_UPDATED',
  'CUSTOMER_CREATED',
  'CUSTOMER_UPDATED',
  'CUSTOMER_DELETED',
  'CUSTOMER_ACCESS_DISABLED',
  'CUSTOMER_COMMUNICATION_PREFERENCES_UPDATED',
  'CUSTOMER_HOME_STUDIO_UPDATED',
  'CUSTOMER_PAYMENT_REJECTED',
  'CLASS_BOOKING_CREATED',
  'CLASS_BOOKING_UPDATED',
  'CLASS_BOOKING_CANCELLED',
  'CLASS_SLOT_UPDATED',
  'CLASS_SLOT_CANCELLED',
  'DEVICE_CREATED',
  'EMPLOYEE_CREATED',
  'EMPLOYEE_UPDATED',
  'EMPLOYEE_DELETED',
  'FINANCE_DEBT_COLLECTION_RUN_CREATED',
  'FINANCE_DEBT_COLLECTION_CONFIGURATION_UPDATED',
  'FINANCE_DEBT_COLLECTION_CASE_UPDATED',
  'STUDIO_OPENING_HOURS_UPDATED',
  'TAX_ADVISOR_EXPORT_CREATED',
] as const

/** Types of our own: delivered only to endpoints that name them, never to a catch-all. */
export const optInEventTypes = [
  'ONLINE_OFFER_PURCHASED',
  'CONTRACT_EXTENDED',
  'CONTRACT_ENDED',
  'DEBT_CLAIM_POSTED',
  'PAYMENT_BOOKED',
  'PAYMENT_RETURNED',
  'PAYMENT_INSTRUMENT_UPDATED',
] as const

export type EventType = (typeof catalogueEventTypes)[number] | (typeof optInEventTypes)[number]

/** Whom and what an event is about, and who receives it. */
export interface EventAbout {
  /** What the event is about; which kind of id that is depends on the type. */
  readonly entityId: number
  /** The person concerned: integrations that may not see this person receive nothing. */
  readonly customerId?: number
  /** Studios whose activations receive the event. */
  readonly audienceStudioIds: readonly number[]
  /** Restricts the audience to one integration. */
  readonly onlyIntegrationId?: number
}

declare const isDeclared: unique symbol

/**
 * A fact about a committed change. It is stored in the transaction of that change, and sent to partners afterwards. Only
 * a declaration makes one, so that `docs/events.md` names all of them.
 */
export interface DomainEvent extends EventAbout {
  readonly type: EventType
  readonly content?: Readonly<Record<string, unknown>>
  readonly [isDeclared]: true
}

/** What partners have to know of a type of events. */
export interface EventFacts<C extends object> {
  /** When it is sent, as a sentence. */
  readonly when: string
  /** What `entityId` names. */
  readonly entity: string
  /** Who receives it, where it is not everybody in the studio who may see the person concerned. */
  readonly audience?: string
  /** The fields of its content, with what each means. */
  readonly content?: { readonly [K in keyof C]: { readonly meaning: string; readonly example: C[K] } }
}

type About<C extends object> = keyof C extends never ? EventAbout : EventAbout & { readonly content: C }

/** Makes events of one type, and documents what they mean. */
export interface EventDeclaration<C extends object = Record<never, never>> {
  (about: About<C>): DomainEvent
  readonly type: EventType
  readonly facts: EventFacts<C>
}

/** Declares a type of events; called in the `events.ts` of the module that emits them. */
export function declareEvent<C extends object = Record<never, never>>(
  type: EventType,
  facts: EventFacts<C>,
): EventDeclaration<C> {
  return Object.assign((about: About<C>) => ({ type, ...about }) as DomainEvent, { type, facts })
}
