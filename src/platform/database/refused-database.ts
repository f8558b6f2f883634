/** A database that this process must not serve or change, told in a sentence for the operator. */
export class DatabaseRefusal extends Error {
  override readonly name = 'DatabaseRefusal'
}
