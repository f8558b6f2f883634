import type { Module } from '../module.ts'
import { accountsOfPerson } from './person-part.ts'

export { fillLedger, ledger, type LedgerPort, type Movement, type Charge } from './ledger-port.ts'
export { paymentChoices } from './payment-choices.ts'
export { customerIdOfDebtor } from './store.ts'

export const accountsModule: Module = { name: 'accounts', personPart: accountsOfPerson }
