import { declareEvent } from '../platform/units/events.ts'

const entity = 'the customer'

export const customerCreated = declareEvent('CUSTOMER_CREATED', {
  when: 'A customer was created, by partners, staff, a lead or a voucher.',
  entity,
})

export const customerUpdated = declareEvent('CUSTOMER_UPDATED', {
  when: 'Something that answers show of a customer changed: data, status, picture, height or an access restriction.',
  entity,
})

export const accessMediumCreated = declareEvent('CUSTOMER_ACCESS_MEDIUM_CREATED', {
  when: 'A customer was given a card, PIN or code.',
  entity,
})

export const accessMediumUpdated = declareEvent('CUSTOMER_ACCESS_MEDIUM_UPDATED', {
  when: 'A card, PIN or code of a customer has another value, or ends earlier.',
  entity,
})

export const accessMediumDeleted = declareEvent('CUSTOMER_ACCESS_MEDIUM_DELETED', {
  when: 'A card, PIN or code was taken from a customer.',
  entity,
})

export const accessRestrictionCreated = declareEvent('CUSTOMER_ACCESS_RESTRICTION_CREATED', {
  when: 'A customer is kept out of the studio, from now on or for a time.',
  entity,
})

export const accessRestrictionDeleted = declareEvent('CUSTOMER_ACCESS_RESTRICTION_DELETED', {
  when: 'A customer who was kept out is let in again.',
  entity,
})

export const homeStudioUpdated = declareEvent('CUSTOMER_HOME_STUDIO_UPDATED', {
  when: 'A customer moved to another studio.',
  entity,
  audience: 'both studios',
  content: {
    sourceStudioId: { meaning: 'the studio that the customer left', example: 123 },
    targetStudioId: { meaning: 'the studio that the customer belongs to now', example: 124 },
  },
})

export const customerAccessDisabled = declareEvent('CUSTOMER_ACCESS_DISABLED', {
  when:
    'An integration does not see a customer any more: the customer moved to a studio without it, or does not share data ' +
    'with it. It is the last event about this customer.',
  entity,
  audience: 'only the integration that lost sight of the customer',
})

export const informationFieldsUpdated = declareEvent('ADDITIONAL_INFORMATION_FIELDS_UPDATED', {
  when: 'Staff changed which additional information fields a studio has, or a list of choices.',
  entity: 'the studio',
})
