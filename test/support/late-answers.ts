import type { Database } from '../../src/platform/database/database.ts'

/** A database that reads at once and hands over its answers only when it is released. */
export function answersLate(database: Database) {
  const arrived = Promise.withResolvers<void>()
  const released = Promise.withResolvers<void>()
  const read: Database['read'] = async (tenant, work) => {
    const answer = await database.read(tenant, work)
    arrived.resolve()
    await released.promise
    return answer
  }
  const transaction: Database['transaction'] = (...args) => database.transaction(...args)
  return { database: { read, transaction }, arrived: arrived.promise, release: () => released.resolve() }
}
