export * from './offer-part-tables.ts'
export * from './offer-tables.ts'
export * from './rate-tables.ts'
export * from './voucher-tables.ts'
