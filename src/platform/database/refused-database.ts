/** A database that this process must not serve or change, with the reason as a sentence for the operator. */
export class DatabaseRefusal extends Error {
  override readonly name = 'DatabaseRefusal'
}
