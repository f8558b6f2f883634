import {
  ageAdjustments,
  bonusPeriods,
  companies,
  flatFees,
  membershipOfferModules,
  membershipOffers,
  membershipOfferTerms,
  membershipVoucherCodes,
  membershipVoucherOffers,
  membershipVouchers,
  membershipVoucherStudios,
  modules,
  offerPaymentChoices,
  offerPublications,
  offerTextBlocks,
  paymentFrequencies,
  paymentFrequencyEntries,
  priceRules,
  rateCodeLinks,
  rateCodes,
  rates,
  textBlocks,
  voucherDiscountPeriods,
} from '../../../src/membership-offers/tables.ts'
import type { UnitOfWork } from '../../../src/platform/units/work.ts'
import type { TestApp } from '../app.ts'
import type { TestStudio } from './world.ts'

type Row<T extends { $inferInsert: object }> = Partial<T['$inferInsert']>

/** A price and how it is paid; left out: 30.00 a month. */
export interface FrequencyInput extends Row<typeof paymentFrequencies> {
  readonly entries?: readonly (Row<typeof paymentFrequencyEntries> & { price: string })[]
  readonly ages?: readonly (Row<typeof ageAdjustments> & { startAge: number; endAge: number })[]
}

export interface TermInput extends Row<typeof membershipOfferTerms> {
  readonly frequency?: FrequencyInput
  readonly rules?: readonly Row<typeof priceRules>[]
  readonly fees?: readonly (Row<typeof flatFees> & { name: string; frequency?: FrequencyInput })[]
  readonly bonuses?: readonly Row<typeof bonusPeriods>[]
  /** OPTIONAL modules of this term, with their prices. */
  readonly modules?: readonly (Row<typeof modules> & { name: string; frequency?: FrequencyInput })[]
}

export interface OfferInput {
  readonly offer?: Row<typeof membershipOffers>
  readonly rate?: { readonly name?: string; readonly codes?: readonly string[] }
  readonly terms?: readonly TermInput[]
  readonly modules?: readonly (Row<typeof modules> & {
    name: string
    kind: 'INCLUDED' | 'SELECTABLE'
    consent?: Row<typeof textBlocks>
    codes?: readonly string[]
  })[]
  readonly blocks?: readonly (Row<typeof textBlocks> & { onlyWithVoucher?: boolean })[]
  readonly choices?: readonly (typeof offerPaymentChoices.$inferInsert)['choice'][]
  /** Null: no partner sees it. */
  readonly position?: number | null
  readonly studio?: TestStudio
}

/** One offer with a term of twelve months for 30.00 a month, then month by month, unless the input says otherwise. */
export function addOffer(app: TestApp, input: OfferInput = {}) {
  const { studio = app.berlin } = input
  return app.write((work) => insertOffer(work, input, studio.studioId), studio)
}

async function insertOffer(work: UnitOfWork, input: OfferInput, studioId: number) {
  const { offer = {}, rate = {}, terms = [{}], position = 1 } = input
  const rateId = await insertRate(work, { name: rate.name ?? 'Basic', codes: rate.codes ?? [] })
  const offerId = await insert(work, membershipOffers, { rateId, name: 'Basic 12', description: 'All of it', ...offer })
  if (position !== null) {
    await work.tx.insert(offerPublications).values({ studioId, offerId, channel: 'OPEN_API', position })
  }
  for (const choice of input.choices ?? ['CASH' as const]) {
    await work.tx.insert(offerPaymentChoices).values({ offerId, choice })
  }
  const moduleIds = await insertFreeModules(work, offerId, input.modules ?? [])
  const blockIds: number[] = []
  for (const [sort, { onlyWithVoucher = false, ...block }] of (input.blocks ?? []).entries()) {
    const textBlockId = await insert(work, textBlocks, { title: 'Title', text: 'Text', ...block })
    await work.tx.insert(offerTextBlocks).values({ offerId, textBlockId, sort, onlyWithVoucher })
    blockIds.push(textBlockId)
  }
  const termIds: number[] = []
  const optionalIds: number[] = []
  for (const [at, term] of terms.entries()) {
    const made = await insertTerm(work, { offerId, position: at }, term)
    termIds.push(made.termId)
    optionalIds.push(...made.optionalIds)
  }
  return { rateId, offerId, termIds, termId: termIds[0] ?? 0, moduleIds, optionalIds, blockIds }
}

async function insertRate(work: UnitOfWork, { name, codes }: { name: string; codes: readonly string[] }) {
  const rateId = await insert(work, rates, { name })
  await linkCodes(work, { ownerKind: 'RATE', ownerId: rateId }, codes)
  return rateId
}

type CodeOwner = Pick<typeof rateCodeLinks.$inferInsert, 'ownerKind' | 'ownerId'>

async function linkCodes(work: UnitOfWork, owner: CodeOwner, codes: readonly string[]) {
  for (const identifier of codes) {
    const rateCodeId = await insert(work, rateCodes, { identifier, name: `Code ${identifier}` })
    await work.tx.insert(rateCodeLinks).values({ rateCodeId, ...owner })
  }
}

async function insertFreeModules(work: UnitOfWork, offerId: number, inputs: NonNullable<OfferInput['modules']>) {
  const ids: number[] = []
  for (const [position, { kind, consent, codes = [], ...module }] of inputs.entries()) {
    const moduleId = await insert(work, modules, { extensionType: 'NONE', ...module })
    await linkCodes(work, { ownerKind: 'MODULE', ownerId: moduleId }, codes)
    const textBlockId = consent ? await insert(work, textBlocks, { title: 'Consent', text: 'Yes', ...consent }) : null
    ids.push(await insert(work, membershipOfferModules, { offerId, kind, moduleId, position, textBlockId }))
  }
  return ids
}

const yearThenMonthly = {
  termValue: 12,
  termUnit: 'MONTH',
  extensionType: 'TERM_EXTENSION',
  extensionTermValue: 1,
  extensionTermUnit: 'MONTH',
} as const

async function insertTerm(work: UnitOfWork, at: { offerId: number; position: number }, input: TermInput) {
  const { frequency, rules = [], fees = [], bonuses = [], modules: optional = [], ...columns } = input
  const paymentFrequencyId = await insertFrequency(work, frequency)
  const termId = await insert(work, membershipOfferTerms, {
    ...at,
    ...yearThenMonthly,
    paymentFrequencyId,
    ...columns,
  })
  for (const [position, rule] of rules.entries()) {
    const raise = { type: 'RAISE', chargeAdjustmentType: 'RELATIVE', value: '5', firstAfterValue: 12 } as const
    await insert(work, priceRules, { termId, position, ...raise, firstAfterUnit: 'MONTH', ...rule })
  }
  for (const { frequency: own, ...fee } of fees) {
    const feeFrequency = await insertFrequency(work, own ?? { type: 'NON_RECURRING', price: '39.00', termValue: null })
    await insert(work, flatFees, { termId, identifier: fee.name, paymentFrequencyId: feeFrequency, ...fee })
  }
  for (const bonus of bonuses) {
    const free = { bonusValue: 2, bonusUnit: 'WEEK', strategy: 'CONTRACT_START' } as const
    await insert(work, bonusPeriods, { termId, ...free, runtimeExtensionType: 'WITH_EXTENSION', ...bonus })
  }
  const optionalIds: number[] = []
  for (const [position, { frequency: own, ...module }] of optional.entries()) {
    const moduleId = await insert(work, modules, { extensionType: 'NONE', ...module })
    const paid = { kind: 'OPTIONAL', termId, paymentFrequencyId: await insertFrequency(work, own) } as const
    optionalIds.push(await insert(work, membershipOfferModules, { offerId: at.offerId, moduleId, position, ...paid }))
  }
  return { termId, optionalIds }
}

export async function insertFrequency(work: UnitOfWork, input: FrequencyInput = {}): Promise<number> {
  const { entries = [], ages = [], ...columns } = input
  const isRecurring = (columns.type ?? 'RECURRING') === 'RECURRING'
  const monthly = isRecurring ? ({ termValue: 1, termUnit: 'MONTH', price: '30.00' } as const) : {}
  const id = await insert(work, paymentFrequencies, { type: 'RECURRING', ...monthly, ...columns })
  for (const entry of entries) await insert(work, paymentFrequencyEntries, { paymentFrequencyId: id, ...entry })
  for (const age of ages) {
    await insert(work, ageAdjustments, { paymentFrequencyId: id, type: 'PERCENTAGE', ...age })
  }
  return id
}

// biome-ignore lint/suspicious/noExplicitAny: the rows above name their columns; what lacks is the database's to refuse.
async function insert(work: UnitOfWork, table: any, row: object): Promise<number> {
  const stamps = { createdAt: work.now, ...('updatedAt' in table ? { updatedAt: work.now } : {}) }
  const [made] = await work.tx
    .insert(table)
    .values({ ...stamps, ...row })
    .returning({ id: table.id })
  return (made as { id: number }).id
}

export interface OfferVoucherInput extends Row<typeof membershipVouchers> {
  readonly code: string
  readonly codeRow?: Row<typeof membershipVoucherCodes>
  readonly windows?: readonly Row<typeof voucherDiscountPeriods>[]
  readonly company?: string
  readonly offerIds?: readonly number[]
  readonly studioIds?: readonly number[]
}

/** A code for memberships that anybody may use ten times; a DISCOUNT unless the input says otherwise. */
export function addOfferVoucher(app: TestApp, input: OfferVoucherInput): Promise<number> {
  const { code, codeRow, windows = [], company, offerIds = [], studioIds = [], ...columns } = input
  return app.write(async (work) => {
    const companyId = company === undefined ? null : await insert(work, companies, { name: company })
    const voucherId = await insert(work, membershipVouchers, { type: 'DISCOUNT', companyId, ...columns })
    await insert(work, membershipVoucherCodes, { voucherId, code, maxRedemptions: 10, ...codeRow })
    for (const [seq, window] of windows.entries()) {
      await insert(work, voucherDiscountPeriods, { voucherId, seq, ...window })
    }
    for (const offerId of offerIds) await work.tx.insert(membershipVoucherOffers).values({ voucherId, offerId })
    for (const studioId of studioIds) await work.tx.insert(membershipVoucherStudios).values({ voucherId, studioId })
    return voucherId
  })
}
