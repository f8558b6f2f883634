export { accountsOfPerson } from './person-part.ts'
export { customerIdOfDebtor } from './store.ts'
