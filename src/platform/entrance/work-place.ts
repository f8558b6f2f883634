/** The place of work that a request holds while its operation runs. */
export interface WorkPlace {
  /**
   * Gives the place back while `wait` lasts and asks for one again afterwards, ahead of new requests of its class. Use it
   * where a request waits for another one: who waits must not keep others from working, and must hold no connection.
   * What `wait` answers is answered: a request that was admitted once is not refused when it comes back. A wait that may
   * last long therefore ends by itself.
   */
  outside<T>(wait: () => Promise<T>): Promise<T>
}
