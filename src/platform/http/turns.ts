import type { FastifyRequest } from 'fastify'
import type { Input, Operation } from '../api/operation.ts'
import type { IdempotentRequest } from '../units/idempotency.ts'
import type { LockedRow, Turns } from '../units/single-file.ts'
import { defined } from '../values/defined.ts'
import { getExchange } from './exchange.ts'
import { KeysInUse } from './keys-in-use.ts'

/** What a write may have to wait for: an earlier use of its key, and the rows that it locks. */
interface QueuedWrite {
  readonly used: IdempotentRequest | undefined
  readonly input: Input<Operation>
  readonly findRows?: (() => readonly LockedRow[] | Promise<readonly LockedRow[]>) | undefined
}

/**
 * Runs writes when it is their turn for the rows that they lock: those that they declare, and the customer whom they
 * name. Who waits holds neither connection nor place.
 */
export function openTurns(turns: Turns) {
  const keysInUse = new KeysInUse()
  return <T>(request: FastifyRequest, { used, input, findRows }: QueuedWrite, work: () => Promise<T>): Promise<T> => {
    const { caller, place } = getExchange(request)
    if (!caller) throw new Error('A write was reached without authentication.')
    return keysInUse.run(used, async () => {
      const declared = (await findRows?.()) ?? []
      const { customerId } = namedCustomer(input)
      const rows: readonly LockedRow[] = customerId === undefined ? declared : [...declared, `customer ${customerId}`]
      return turns.run({ tenantId: caller.tenantId, rows, waits: place }, work)
    })
  }
}

/** The customer whom the path names, else the body. Only declared fields are left in an input. */
export function namedCustomer({ params, body }: Input<Operation>): { readonly customerId?: number } {
  const { customerId } = { ...(body as Naming | undefined), ...(params as Naming) }
  return defined({ customerId })
}

interface Naming {
  readonly customerId?: number
}
