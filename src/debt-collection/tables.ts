export { agencyCases, agencyContracts, agencyRequests } from './agencies/agency-tables.ts'
export { collectionBans, collectionBlocks } from './blocks/block-tables.ts'
export { caseAdjustmentRequests, collectionPayments } from './cases/case-tables.ts'
export { collectionCases, collectionDebts, debtCollectionRuns } from './runs/run-tables.ts'
