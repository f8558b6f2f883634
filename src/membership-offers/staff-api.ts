export * from './editing/staff-offer-api.ts'
export * from './editing/staff-rate-api.ts'
export * from './editing/staff-voucher-api.ts'
