import { declareEvent } from '../platform/units/events.ts'

const entity = 'the customer'
const contractId = { meaning: 'the main contract', example: 1000 }
const content = { contractId }

export const contractCreated = declareEvent('CONTRACT_CREATED', {
  when: 'A customer has signed a main contract.',
  entity,
  content,
})

export const contractUpdated = declareEvent('CONTRACT_UPDATED', {
  when: 'The end of a main contract, its rate, its price or its modules have changed, or its last day has passed.',
  entity,
  content,
})

export const contractCancelled = declareEvent('CONTRACT_CANCELLED', {
  when: 'The cancelation of a main contract takes effect, at once, after the staff have accepted it, or by a switch.',
  entity,
  content,
})

export const contractReversed = declareEvent('CONTRACT_REVERSED', {
  when: 'The signing of a main contract was taken back, by its member within the days of the studio, or by the staff.',
  entity,
  content,
})

export const contractExtended = declareEvent('CONTRACT_EXTENDED', {
  when: 'A deadline for canceling has passed, and the contract goes on for a further term.',
  entity,
  content,
})

export const contractEnded = declareEvent('CONTRACT_ENDED', {
  when: 'The last day of a contract has passed.',
  entity,
  content,
})

export const checkinStudiosUpdated = declareEvent('CUSTOMER_CHECKIN_STUDIOS_UPDATED', {
  when: 'It was written where a contract lets its member in.',
  entity,
  content,
})

const module = {
  contractId,
  moduleContractId: { meaning: 'the module contract', example: 1500 },
}

export const moduleCreated = declareEvent('CONTRACT_ADDITIONAL_MODULE_CREATED', {
  when: 'A module was sold with a contract or beside it, or follows one that has ended.',
  entity,
  content: module,
})

export const moduleUpdated = declareEvent('CONTRACT_ADDITIONAL_MODULE_UPDATED', {
  when: 'The end or the price of a module contract has changed.',
  entity,
  content: module,
})

export const moduleCancelled = declareEvent('CONTRACT_ADDITIONAL_MODULE_CANCELLED', {
  when: 'The cancelation of a module contract takes effect, or the module ends earlier because its contract was canceled.',
  entity,
  content: module,
})

export const moduleDeleted = declareEvent('CONTRACT_ADDITIONAL_MODULE_DELETED', {
  when: 'The sale of a module was taken back by the staff, or that of its contract by the staff or the member.',
  entity,
  content: module,
})

/** What is said of a pause. */
export interface IdleNews {
  readonly contractId: number
  readonly idlePeriodId: number
  readonly idlePeriodAmount: number
  readonly usedFreeTermsInDays: number
}

const pause = {
  contractId,
  idlePeriodId: { meaning: 'the pause', example: 1000000310 },
  idlePeriodAmount: { meaning: 'what it costs in all, in the currency of the studio', example: 5 },
  usedFreeTermsInDays: { meaning: 'how many of its days cost nothing', example: 31 },
}

export const idlePeriodCreated = declareEvent<IdleNews>('CONTRACT_IDLE_PERIOD_CREATED', {
  when: 'A contract pauses, at once or after the staff have accepted it.',
  entity,
  content: pause,
})

export const idlePeriodUpdated = declareEvent<IdleNews>('CONTRACT_IDLE_PERIOD_UPDATED', {
  when: 'A pause that was accepted has other days or another reason.',
  entity,
  content: pause,
})

export const idlePeriodCancelled = declareEvent<IdleNews>('CONTRACT_IDLE_PERIOD_CANCELLED', {
  when: 'A pause that was accepted was taken back.',
  entity,
  content: pause,
})
