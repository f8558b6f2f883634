export {
  type ConsumptionCredit,
  consumptionCredit,
  fillConsumptionCredit,
  type Movement,
} from './consumption-credit.ts'
export { accountsOfPerson } from './person-part.ts'
export { customerIdOfDebtor } from './store.ts'
