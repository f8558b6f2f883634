import { pinIndexes } from '../medium-hashes.ts'
import { type ApiError, badRequest, notFound } from '../../platform/errors/errors.ts'
import type { Secrets } from '../../platform/secrets.ts'
import { idSlice, parseOffset, type Slice } from '../../platform/api/slices.ts'
import type { GuessLimiter } from '../../platform/entrance/guess-limiter.ts'
import type { PartnerView } from '../../platform/units/work.ts'
import { dateIn } from '../../platform/time/zoned-time.ts'
import type { AccessLog } from './access-log.ts'
import { type Lookup, type LookupQuery, type LookupRefusal, planLookup } from './lookup-rules.ts'
import type { CustomerRow } from '../customer-row.ts'
import { listBarcodeForms } from '../access/identification-rules.ts'
import { findCustomerBy, listCustomersById } from './representation-store.ts'
import { findGathered } from './gathered-reads.ts'
import { planSearch, type SearchCriteria } from './search-rules.ts'
import { listCustomerIds, searchCustomerIds } from './search-store.ts'
import { localSight, type Sight } from './sight.ts'

const MOST_FOUND = 500

/** Which operation asks, and how far it sees. */
export interface Reading {
  readonly operation: string
  readonly sight: Sight
}

export interface ReadDeps {
  readonly secrets: Secrets
  readonly accessLog: AccessLog
  /** Wrong PINs and barcodes, by API key. */
  readonly misses: GuessLimiter<number>
}

/** One customer whom the caller may see; the read is logged. */
export async function getCustomer(
  view: PartnerView,
  customerId: number,
  { sight, operation }: Reading,
  { accessLog }: ReadDeps,
): Promise<CustomerRow> {
  const row = await findGathered(view, sight, customerId)
  if (!row) throw notFound('customer', customerId)
  accessLog.record(view, operation, customerId)
  return row
}

/**
 * The customer of a card, code or number, given as exactly one parameter; the read is logged. An error names the
 * parameter, never its value.
 */
export async function getCustomerBy(
  view: PartnerView,
  query: LookupQuery,
  { sight, operation }: Reading,
  { secrets, accessLog, misses }: ReadDeps,
): Promise<CustomerRow> {
  const lookup = planLookup(query)
  if ('reason' in lookup) throw refuseLookup(lookup)
  const isGuessable = lookup.kind === 'pin' || lookup.kind === 'barcode'
  if (isGuessable) misses.check(view.caller.keyId)
  const row = await findCustomerBy(view.db, sight, {
    kind: lookup.kind,
    value: storedForm(lookup, secrets),
    now: view.now,
  })
  if (!row) {
    if (isGuessable) {
      misses.recordMiss(view.caller.keyId)
      misses.check(view.caller.keyId)
    }
    throw notFound('customer', lookup.kind)
  }
  accessLog.record(view, operation, row.id)
  return row
}

/** Members or prospects of the key's studio in the order of their ids; `received` is the offset of the slice before. */
export async function listCustomers(
  view: PartnerView,
  {
    status,
    received,
    sliceSize,
  }: { readonly status: 'MEMBER' | 'PROSPECT'; readonly received: string | undefined; readonly sliceSize: number },
): Promise<Slice<CustomerRow>> {
  const { studio } = view.caller
  const sight = localSight(view)
  const ids = await listCustomerIds(view.db, sight, {
    studioId: studio.id,
    status,
    today: dateIn(view.now, studio.zone),
    after: parseOffset(received),
    limit: sliceSize + 1,
  })
  const slice = idSlice(ids, sliceSize, received, (id) => id)
  return { ...slice, result: await listCustomersById(view.db, sight, slice.result) }
}

/** At most 500 customers who match all criteria, by family name, given name and id. */
export async function searchCustomers(
  view: PartnerView,
  criteria: SearchCriteria,
  sight: Sight,
): Promise<{ readonly rows: readonly CustomerRow[]; readonly isTruncated: boolean }> {
  const plan = planSearch(criteria)
  if (plan === 'CRITERIA_MISSING') throw badRequest('errormessage.customerSearch.criteriaMissing')
  if (plan === 'TOO_BROAD') throw badRequest('errormessage.customerSearch.tooBroad')
  const ids = await searchCustomerIds(view.db, sight, plan, MOST_FOUND + 1)
  const rows = await listCustomersById(view.db, sight, ids.slice(0, MOST_FOUND))
  return { rows, isTruncated: ids.length > MOST_FOUND }
}

/** PINs are stored as keyed hashes; one made with an older key of the installation counts too. */
function storedForm({ kind, value }: Lookup, secrets: Secrets): string | readonly string[] {
  if (kind === 'pin') return pinIndexes(secrets, value)
  return kind === 'barcode' ? listBarcodeForms(value) : value
}

function refuseLookup(refusal: LookupRefusal): ApiError {
  if (refusal.reason === 'CARD_NUMBER_INVALID') {
    return badRequest('errormessage.cardNumber.invalid', { reference: 'cardNumber' })
  }
  return badRequest('errormessage.customerLookup.oneParameterRequired', {
    args: refusal.given.map((value) => ({ type: 'STRING', value })),
  })
}
