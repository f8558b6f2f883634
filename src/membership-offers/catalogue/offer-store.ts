import { and, asc, eq, getTableColumns, gte, isNull, lte, or, type SQL, sql } from 'drizzle-orm'
import { prepared, type Queryable } from '../../platform/database/database.ts'
import { files } from '../../platform/tables.ts'
import {
  membershipOfferModules,
  membershipOffers,
  membershipOfferTerms,
  modules,
  offerPaymentChoices,
  offerPublications,
  offerTextBlocks,
  rateCodeLinks,
  rateCodes,
  textBlocks,
} from '../tables.ts'
import { type FrequencyRecord, isAmong, loadFrequencies } from './frequency-store.ts'
import { loadTerms, type TermRecord } from './term-store.ts'
import { defined } from '../../platform/values/defined.ts'

const attached = { fileName: files.originalName, mime: files.mime }

export interface RateCode {
  readonly identifier: string
  readonly name: string
}

/** What a member reads or signs, with the file that is attached. */
export type TextBlockRecord = typeof textBlocks.$inferSelect & {
  readonly document: { readonly fileName: string; readonly mime: string } | null
}

export type OfferTextBlockRecord = TextBlockRecord & {
  readonly sort: number
  readonly onlyWithVoucher: boolean
}

/** A module as the offer has it. Clients choose it by `id`, which is not the id of the module. */
export interface OfferModuleRecord {
  readonly id: number
  readonly termId: number | null
  readonly kind: 'INCLUDED' | 'SELECTABLE' | 'OPTIONAL'
  readonly module: typeof modules.$inferSelect
  readonly rateCodes: readonly RateCode[]
  readonly consent: TextBlockRecord | null
  /** Of an OPTIONAL one: what it costs. */
  readonly frequency?: FrequencyRecord
}

/** An offer with everything that belongs to it, as one studio sells it. */
export type OfferRecord = typeof membershipOffers.$inferSelect & {
  readonly rateCodes: readonly RateCode[]
  readonly terms: readonly TermRecord[]
  readonly modules: readonly OfferModuleRecord[]
  readonly textBlocks: readonly OfferTextBlockRecord[]
  readonly paymentChoices: readonly (typeof offerPaymentChoices.$inferSelect)['choice'][]
}

const publishedOffers = prepared((db) =>
  db
    .select({ id: membershipOffers.id })
    .from(offerPublications)
    .innerJoin(membershipOffers, eq(membershipOffers.id, offerPublications.offerId))
    .where(
      and(
        eq(offerPublications.studioId, sql.placeholder('studioId')),
        eq(offerPublications.channel, 'OPEN_API'),
        isOffered(sql`${sql.placeholder('today')}::date`),
      ),
    )
    .orderBy(asc(offerPublications.position), asc(membershipOffers.id))
    .prepare('offers_list_published'),
)

/** Which offers a partner of the studio may sell on this day, in the order in which they are shown. */
export async function listPublishedOfferIds(
  db: Queryable,
  { studioId, today }: { readonly studioId: number; readonly today: Temporal.PlainDate },
): Promise<readonly number[]> {
  const rows = await publishedOffers(db).execute({ studioId, today: today.toString() })
  return rows.map(({ id }) => id)
}

const offerByTerm = prepared((db) =>
  db
    .select({ offerId: membershipOfferTerms.offerId })
    .from(membershipOfferTerms)
    .where(eq(membershipOfferTerms.id, sql.placeholder('termId')))
    .prepare('offers_find_by_term'),
)

/** The offer that has this term. */
export async function findOfferIdOfTerm(db: Queryable, termId: number): Promise<number | undefined> {
  const [row] = await offerByTerm(db).execute({ termId })
  return row?.offerId
}

/** Active, and inside its limited period where it has one; `today` is a local date, or an expression of one. */
export function isOffered(today: Temporal.PlainDate | SQL) {
  return and(
    eq(membershipOffers.active, true),
    or(
      isNull(membershipOffers.limitedFrom),
      and(lte(membershipOffers.limitedFrom, today), gte(membershipOffers.limitedTo, today)),
    ),
  )
}

const offerRows = prepared((db) =>
  db.select().from(membershipOffers).where(isAmong(membershipOffers.id)).prepare('offers_list_by_id'),
)

const choiceRows = prepared((db) =>
  db.select().from(offerPaymentChoices).where(isAmong(offerPaymentChoices.offerId)).prepare('offers_list_choices'),
)

/** The offers in the order of `offerIds`; unknown ones are left out. */
export async function loadOffers(
  db: Queryable,
  { studioId, offerIds }: { readonly studioId: number; readonly offerIds: readonly number[] },
): Promise<readonly OfferRecord[]> {
  if (offerIds.length === 0) return []
  const [rows, terms, parts, blocks, choices] = await Promise.all([
    offerRows(db).execute({ ids: offerIds }),
    loadTerms(db, { studioId, offerIds }),
    loadOfferModules(db, offerIds),
    blockRows(db).execute({ ids: offerIds }),
    choiceRows(db).execute({ ids: offerIds }),
  ])
  const codes = await loadRateCodes(
    db,
    'RATE',
    rows.map(({ rateId }) => rateId),
  )
  const belongsToOffer = (offerId: number) => (each: { readonly offerId: number }) => each.offerId === offerId
  return offerIds.flatMap((offerId) => {
    const row = rows.find(({ id }) => id === offerId)
    if (!row) return []
    return [
      {
        ...row,
        rateCodes: codes.get(row.rateId) ?? [],
        terms: terms.filter(belongsToOffer(offerId)),
        modules: parts.filter(belongsToOffer(offerId)).map(({ offerId: _own, ...module }) => module),
        textBlocks: blocks.filter(belongsToOffer(offerId)),
        paymentChoices: choices.filter(belongsToOffer(offerId)).map(({ choice }) => choice),
      },
    ]
  })
}

const moduleRows = prepared((db) =>
  db
    .select({ own: membershipOfferModules, module: modules, consent: textBlocks, document: attached })
    .from(membershipOfferModules)
    .innerJoin(modules, eq(modules.id, membershipOfferModules.moduleId))
    .leftJoin(textBlocks, eq(textBlocks.id, membershipOfferModules.textBlockId))
    .leftJoin(files, eq(files.id, textBlocks.documentId))
    .where(isAmong(membershipOfferModules.offerId))
    .orderBy(asc(membershipOfferModules.position), asc(membershipOfferModules.id))
    .prepare('offers_list_modules'),
)

async function loadOfferModules(db: Queryable, offerIds: readonly number[]) {
  const rows = await moduleRows(db).execute({ ids: offerIds })
  const frequencyIds = rows.flatMap(({ own }) => own.paymentFrequencyId ?? [])
  const [codes, frequencies] = await Promise.all([
    loadRateCodes(
      db,
      'MODULE',
      rows.map(({ module }) => module.id),
    ),
    loadFrequencies(db, frequencyIds),
  ])
  return rows.map(({ own, module, consent, document }) => {
    const frequency = own.paymentFrequencyId === null ? undefined : frequencies.get(own.paymentFrequencyId)
    const { id, offerId, termId, kind } = own
    return {
      id,
      offerId,
      termId,
      kind,
      module,
      consent: consent && { ...consent, document },
      rateCodes: codes.get(module.id) ?? [],
      ...defined({ frequency }),
    }
  })
}

const blockRows = prepared((db) =>
  db
    .select({
      ...getTableColumns(textBlocks),
      document: attached,
      offerId: offerTextBlocks.offerId,
      sort: offerTextBlocks.sort,
      onlyWithVoucher: offerTextBlocks.onlyWithVoucher,
    })
    .from(offerTextBlocks)
    .innerJoin(textBlocks, eq(textBlocks.id, offerTextBlocks.textBlockId))
    .leftJoin(files, eq(files.id, textBlocks.documentId))
    .where(isAmong(offerTextBlocks.offerId))
    .orderBy(asc(offerTextBlocks.sort), asc(textBlocks.id))
    .prepare('offers_list_text_blocks'),
)

const codeRows = prepared((db) =>
  db
    .select({ ownerId: rateCodeLinks.ownerId, identifier: rateCodes.identifier, name: rateCodes.name })
    .from(rateCodeLinks)
    .innerJoin(rateCodes, eq(rateCodes.id, rateCodeLinks.rateCodeId))
    .where(and(eq(rateCodeLinks.ownerKind, sql.placeholder('kind')), isAmong(rateCodeLinks.ownerId)))
    .orderBy(asc(rateCodes.identifier))
    .prepare('offers_list_rate_codes'),
)

/** The codes of rates or modules by their owner, each list by identifier. */
export async function loadRateCodes(
  db: Queryable,
  kind: 'RATE' | 'MODULE',
  ownerIds: readonly number[],
): Promise<ReadonlyMap<number, readonly RateCode[]>> {
  if (ownerIds.length === 0) return new Map()
  const rows = await codeRows(db).execute({ kind, ids: ownerIds })
  const codes = new Map<number, RateCode[]>()
  for (const { ownerId, ...code } of rows) codes.set(ownerId, [...(codes.get(ownerId) ?? []), code])
  return codes
}
