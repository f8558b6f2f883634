import type { Queryable } from '../platform/database/database.ts'
import type { UnitOfWork } from '../platform/units/work.ts'

/** Why a person must not be erased yet; `entityId` names the contract, visit or account. */
export interface ErasureBlocker {
  readonly kind: 'CONTRACT' | 'OPEN_VISIT' | 'BALANCE' | 'CONSUMPTION_CREDIT' | 'DUNNING' | 'COLLECTION'
  readonly entityId: number
}

/** The person as the parts see it. */
export interface ErasedPerson {
  readonly customerId: number
  /** By the home studio. */
  readonly today: Temporal.PlainDate
  /** Never had a contract: what the part keeps may go altogether, so that the person can be deleted. */
  readonly isProspect: boolean
}

/** What one module keeps about people, as far as erasing one of them goes. */
export interface PersonPart {
  readonly listBlockers?: (db: Queryable, person: ErasedPerson) => Promise<readonly ErasureBlocker[]>
  /** Ends what must not outlive the person, each thing in a unit of its own, as its locks come before the person's. */
  readonly listEndings?: (
    db: Queryable,
    customerId: number,
    now: Temporal.Instant,
  ) => Promise<readonly ((work: UnitOfWork) => Promise<void>)[]>
  /** Takes out whatever identifies the person. Runs under the lock of the customer. */
  readonly erase?: (work: UnitOfWork, person: ErasedPerson) => Promise<void>
}
