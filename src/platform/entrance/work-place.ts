/** The place of work that a request holds while its operation runs. */
export interface WorkPlace {
  /**
   * Gives the place back while `wait` lasts and asks for one again afterwards, ahead of new requests of its class. Use it
   * where a request waits for another one: who waits must not keep others from working, and must hold no connection.
   * Fails with 503 when no place becomes free within the patience of the class.
   */
  outside<T>(wait: () => Promise<T>): Promise<T>
}
