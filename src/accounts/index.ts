import type { Module } from '../module.ts'
import { accountsOfPerson } from './person-part.ts'

export {
  type ConsumptionCredit,
  consumptionCredit,
  fillConsumptionCredit,
  type Movement,
} from './consumption-credit.ts'
export { customerIdOfDebtor } from './store.ts'

export const accountsModule: Module = { name: 'accounts', personPart: accountsOfPerson }
