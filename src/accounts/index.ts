export { customerIdOfDebtor } from './store.ts'
