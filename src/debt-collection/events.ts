import { declareEvent } from '../platform/units/events.ts'

const audience = 'only the agency'

export const debtCollectionRunCreated = declareEvent('FINANCE_DEBT_COLLECTION_RUN_CREATED', {
  when:
    'Debts wait for the agency to confirm that it has taken them. It is sent again once a day, three times, while they ' +
    'still wait.',
  entity: 'the debt collection run',
  audience,
})

export const debtCollectionConfigurationUpdated = declareEvent('FINANCE_DEBT_COLLECTION_CONFIGURATION_UPDATED', {
  when: 'Staff changed what the studio has agreed with the agency.',
  entity: 'the studio',
  audience,
})

interface ChangedCase {
  readonly agencyDebtCollectionCaseId?: string
  readonly agencyCollectionCaseId?: string
  readonly collectionCaseId?: string
}

export const debtCollectionCaseUpdated = declareEvent<ChangedCase>('FINANCE_DEBT_COLLECTION_CASE_UPDATED', {
  when: 'Staff closed a case that the agency has, or took that back. It is read with `caseAdjustmentRequestId`.',
  entity: 'the adjustment request',
  audience,
  content: {
    agencyDebtCollectionCaseId: { meaning: 'the case as the agency calls it, once it has', example: 'agency-id-123' },
    agencyCollectionCaseId: { meaning: 'the same under the name that other operations use', example: 'agency-id-123' },
    collectionCaseId: {
      meaning: 'the case as Palestra calls it, while the agency has not named it',
      example: '123e4567-e89b-42d3-a456-556642440000',
    },
  },
})
