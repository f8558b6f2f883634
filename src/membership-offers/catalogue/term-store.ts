import { and, asc, eq, getTableColumns, sql } from 'drizzle-orm'
import { prepared, type Queryable } from '../../platform/database/database.ts'
import {
  bonusPeriods,
  flatFees,
  membershipOffers,
  membershipOfferTerms,
  priceRules,
  rates,
  termStudioPrices,
} from '../tables.ts'
import { type FrequencyRecord, isAmong, loadFrequencies, requireFrequency } from './frequency-store.ts'

/** A term of an offer as one studio sells it. */
export type TermRecord = typeof membershipOfferTerms.$inferSelect & {
  readonly rateId: number
  readonly rateName: string
  /** The price of the studio where it has one of its own. */
  readonly frequency: FrequencyRecord
  readonly rules: readonly (typeof priceRules.$inferSelect)[]
  readonly fees: readonly (typeof flatFees.$inferSelect & { readonly frequency: FrequencyRecord })[]
  readonly bonuses: readonly (typeof bonusPeriods.$inferSelect)[]
  /** What the contract goes on with after the initial term. */
  readonly subsequent?: TermRecord
}

/** All terms of the offers, active or not, in their order, with the terms that follow them. */
export async function loadTerms(
  db: Queryable,
  { studioId, offerIds }: { readonly studioId: number; readonly offerIds: readonly number[] },
): Promise<readonly TermRecord[]> {
  const rows = await termsOfOffers(db).execute({ studioId, ids: offerIds })
  const all = new Map(rows.map((row) => [row.id, row]))
  for (let missing = missingFollowers(all); missing.length > 0; missing = missingFollowers(all)) {
    for (const row of await termsById(db).execute({ studioId, ids: missing })) all.set(row.id, row)
  }
  const parts = await loadParts(db, [...all.values()])
  return rows.map((row) => joinTerm(row, all, parts))
}

type TermRow = Awaited<ReturnType<typeof selectTerms>>[number]

function selectTerms(db: Queryable, by: typeof membershipOfferTerms.id | typeof membershipOfferTerms.offerId) {
  return db
    .select({
      ...getTableColumns(membershipOfferTerms),
      rateId: membershipOffers.rateId,
      rateName: rates.name,
      studioFrequencyId: termStudioPrices.paymentFrequencyId,
    })
    .from(membershipOfferTerms)
    .innerJoin(membershipOffers, eq(membershipOffers.id, membershipOfferTerms.offerId))
    .innerJoin(rates, eq(rates.id, membershipOffers.rateId))
    .leftJoin(
      termStudioPrices,
      and(
        eq(termStudioPrices.termId, membershipOfferTerms.id),
        eq(termStudioPrices.studioId, sql.placeholder('studioId')),
      ),
    )
    .where(isAmong(by))
    .orderBy(asc(membershipOfferTerms.offerId), asc(membershipOfferTerms.position), asc(membershipOfferTerms.id))
}

const termsOfOffers = prepared((db) =>
  selectTerms(db, membershipOfferTerms.offerId).prepare('offers_list_terms_by_offer'),
)
const termsById = prepared((db) => selectTerms(db, membershipOfferTerms.id).prepare('offers_list_terms_by_id'))

const ruleRows = prepared((db) =>
  db
    .select()
    .from(priceRules)
    .where(isAmong(priceRules.termId))
    .orderBy(asc(priceRules.position))
    .prepare('offers_list_price_rules'),
)

const feeRows = prepared((db) =>
  db.select().from(flatFees).where(isAmong(flatFees.termId)).orderBy(asc(flatFees.id)).prepare('offers_list_flat_fees'),
)

const bonusRows = prepared((db) =>
  db
    .select()
    .from(bonusPeriods)
    .where(isAmong(bonusPeriods.termId))
    .orderBy(asc(bonusPeriods.id))
    .prepare('offers_list_bonus_periods'),
)

function missingFollowers(rows: ReadonlyMap<number, TermRow>): number[] {
  return [...rows.values()].flatMap(({ subsequentTermId: id }) => (id === null || rows.has(id) ? [] : [id]))
}

async function loadParts(db: Queryable, rows: readonly TermRow[]) {
  const ids = rows.map(({ id }) => id)
  const [rules, fees, bonuses] = await Promise.all([
    ruleRows(db).execute({ ids }),
    feeRows(db).execute({ ids }),
    bonusRows(db).execute({ ids }),
  ])
  const wanted = [...rows.map(findFrequencyId), ...fees.map((fee) => fee.paymentFrequencyId)]
  return { rules, fees, bonuses, frequencies: await loadFrequencies(db, [...new Set(wanted)]) }
}

function findFrequencyId({ studioFrequencyId, paymentFrequencyId }: TermRow): number {
  return studioFrequencyId ?? paymentFrequencyId
}

/** Terms that follow each other in a circle are read once; staff cannot set them so. */
function joinTerm(
  row: TermRow,
  all: ReadonlyMap<number, TermRow>,
  parts: Awaited<ReturnType<typeof loadParts>>,
  before: readonly number[] = [],
): TermRecord {
  const { studioFrequencyId: _joined, ...term } = row
  const isOurs = ({ termId }: { readonly termId: number }) => termId === row.id
  const chain = [...before, row.id]
  const { subsequentTermId: next } = row
  const follower = next === null || chain.includes(next) ? undefined : all.get(next)
  return {
    ...term,
    frequency: requireFrequency(parts.frequencies, findFrequencyId(row)),
    rules: parts.rules.filter(isOurs),
    fees: parts.fees
      .filter(isOurs)
      .map((fee) => ({ ...fee, frequency: requireFrequency(parts.frequencies, fee.paymentFrequencyId) })),
    bonuses: parts.bonuses.filter(isOurs),
    ...(follower ? { subsequent: joinTerm(follower, all, parts, chain) } : {}),
  }
}
