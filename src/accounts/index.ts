export { accountsOfPerson } from './person-part.ts'
export {
  type ConsumptionCredit,
  consumptionCredit,
  fillConsumptionCredit,
  type Funds,
  type Movement,
} from './consumption-credit.ts'
export { customerIdOfDebtor } from './store.ts'
