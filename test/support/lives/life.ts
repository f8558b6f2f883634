import assert from 'node:assert/strict'
import { dateIn } from '../../../src/platform/time/zoned-time.ts'
import type { LifePlan } from './life-plans.ts'
import type { LifeWorld } from './life-world.ts'

/** A charge that the account lists as one to come. */
export interface Upcoming {
  readonly id: number
  readonly dueDate: string
  readonly amount: { readonly amount: number }
  readonly description: string
  readonly chargeType: string
  readonly paidPeriodFrom?: string
  readonly paidPeriodTo?: string
}

/** A member of the story so far. */
export interface Life {
  readonly plan: LifePlan
  readonly customerId: number
  /** The one that was signed first, and those that followed, without those of which the signing was taken back. */
  readonly contractIds: number[]
  readonly reversedIds: number[]
  /** Position of the offer of the last one. */
  readonly offers: number[]
  /** What the preview of the sign-up showed. */
  readonly shown: readonly string[]
  readonly pauseIds: number[]
  readonly moduleContractIds: number[]
  /** What was special about the signing. */
  readonly traits: readonly string[]
  /** What has been changed, or refused. */
  readonly changes: string[]
  /** What the account listed as to come after the last change. */
  upcoming: readonly Upcoming[]
  /** A pause without end moves what is to come. */
  hasOpenPause: boolean
}

export const findToday = async ({ app }: LifeWorld) =>
  dateIn(await app.platform.clock.now(app.berlin.tenantId), 'Europe/Berlin')

/** All charges of a member that are to come. */
export async function listUpcoming({ app }: LifeWorld, { customerId }: Pick<Life, 'customerId'>): Promise<Upcoming[]> {
  const found: Upcoming[] = []
  for (let offset = ''; ; ) {
    const query = offset === '' ? '' : `&offset=${offset}`
    const path = `/v1/customers/${customerId}/account/transactions/upcoming?sliceSize=50${query}`
    const { status, body, text } = await app.get(path)
    assert.equal(status, 200, text)
    found.push(...body.result)
    if (!body.hasNext) return found
    offset = body.offset
  }
}

/** Why something was refused; never because the server broke. */
export const refused = ({
  status,
  body,
}: {
  status: number
  body: { errorCode?: string; validationStatus?: string }
}) => {
  assert.ok(status < 500, JSON.stringify(body))
  return String(body.errorCode ?? body.validationStatus).replace('errormessage.', '')
}
