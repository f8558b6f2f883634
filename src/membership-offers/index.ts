import type { Module } from '../module.ts'

export const membershipOffersModule: Module = { name: 'membership-offers' }
