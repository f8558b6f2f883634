import { createHash } from 'node:crypto'
import { describe } from '../../platform/http/answers.ts'
import { chooseLanguage, type TextOverrides } from '../../platform/errors/localisation.ts'
import { insertFile } from '../../platform/files/files.ts'
import { expireFile } from '../../platform/files/store.ts'
import type { ModuleDeps } from '../../platform/module-deps.ts'
import { paperForm } from '../../platform/paper/layout.ts'
import type { Paper } from '../../platform/paper/paper.ts'
import { writePdf } from '../../platform/paper/write-pdf.ts'
import { type PartnerView, type RunUnit, StartOver } from '../../platform/units/work.ts'
import type { OfferRecord } from '../catalogue/offer-store.ts'
import { linksEndAfter } from '../links.ts'
import type { SellingStudio } from '../catalogue/catalogue-store.ts'
import { Speaker } from '../wording.ts'
import { writeSpecimen } from './specimen-paper.ts'
import {
  listSpecimens,
  lockSpecimen,
  saveSpecimen,
  type ShownOffer,
  type Specimen,
  type SpecimenRow,
} from './specimen-store.ts'

type View = Pick<PartnerView, 'db' | 'caller'>
type Deps = Pick<ModuleDeps, 'texts' | 'files' | 'real' | 'log'>

/** So long an offer is shown without its specimen after that could not be made. */
const SPARED_MS = 60_000

/** A specimen that an answer needs. */
interface Wanted {
  readonly offerId: number
  readonly studioId: number
  readonly fingerprint: Buffer
  readonly write: () => Paper
}

const making = new Map<string, Promise<void>>()
const failedAt = new Map<string, number>()

/**
 * The specimens of the contracts of offers, for those that show one in a text. The first read after a change of what a
 * specimen says makes it, once for all requests that wait for it, and begins again.
 */
export async function findSpecimens(
  view: View,
  { shown, studio }: { readonly shown: readonly ShownOffer[]; readonly studio: SellingStudio },
  deps: Deps,
): Promise<ReadonlyMap<number, Specimen>> {
  const offers = shown.filter(showsSpecimen).map(({ offer }) => offer)
  if (offers.length === 0) return new Map()
  const offerIds = offers.map(({ id }) => id)
  const [wanted, rows] = await Promise.all([
    describeAll(view, { offers, studio }, deps),
    listSpecimens(view.db, { studioId: studio.id, offerIds }),
  ])
  const found = wanted.map((each) => ({ each, row: rows.find((row) => isSame(row, each)) }))
  const { tenantId } = view.caller
  const missing = found.flatMap(({ each, row }) => (row || isSpared(nameSpecimen(tenantId, each), deps) ? [] : [each]))
  if (missing.length === 0) return new Map(found.flatMap(({ row }) => (row ? [[row.offerId, row] as const] : [])))
  throw new StartOver(async (run) => {
    for (const each of missing) await makeOnce(run, tenantId, each, deps)
  })
}

/** One that was made from something else is of no use. */
function isSame(row: SpecimenRow, { offerId, fingerprint }: Wanted): boolean {
  return row.offerId === offerId && row.fingerprint.equals(fingerprint)
}

function showsSpecimen({ texts }: ShownOffer): boolean {
  return texts.some(({ attachmentType }) => attachmentType === 'CONTRACT_PDF_PREVIEW')
}

/** What the specimens say now, in the language of the studio and the words of the tenant. */
async function describeAll(
  { db, caller }: View,
  { offers, studio }: { readonly offers: readonly OfferRecord[]; readonly studio: SellingStudio },
  { texts }: Deps,
): Promise<Wanted[]> {
  const overrides = await texts.of(caller.tenantId, db)
  const language = chooseLanguage(undefined, studio.languageTag, caller.tenant.defaultLanguage)
  const speaker = new Speaker({ language, overrides })
  return offers.map((offer) => {
    const write = () => writeSpecimen(offer, studio, speaker)
    const fingerprint = takeFingerprint(offer, { studio, language, overrides }, write)
    return { offerId: offer.id, studioId: studio.id, fingerprint, write }
  })
}

/** What a specimen says besides its offer. */
interface Surroundings {
  readonly studio: SellingStudio
  readonly language: string
  readonly overrides: TextOverrides
}

interface Fingerprint {
  readonly surroundings: string
  readonly overrides: TextOverrides
  readonly value: Buffer
}

const fingerprints = new WeakMap<OfferRecord, Fingerprint>()

/** The hash of the whole paper, which is written for it only where something has changed that it depends on. */
function takeFingerprint(
  offer: OfferRecord,
  { studio, language, overrides }: Surroundings,
  write: () => Paper,
): Buffer {
  const surroundings = JSON.stringify([studio, language])
  const known = fingerprints.get(offer)
  if (known && known.overrides === overrides && known.surroundings === surroundings) return known.value
  const value = createHash('sha256')
    .update(JSON.stringify([paperForm, write()]))
    .digest()
  fingerprints.set(offer, { surroundings, overrides, value })
  return value
}

const nameSpecimen = (tenantId: number, { offerId, studioId, fingerprint }: Wanted) =>
  [tenantId, offerId, studioId, fingerprint.toString('hex')].join(' ')

function isSpared(name: string, { real }: Deps): boolean {
  const at = failedAt.get(name)
  if (at === undefined) return false
  if (real.monotonicMs() - at < SPARED_MS) return true
  failedAt.delete(name)
  return false
}

/** Requests that wait for the same specimen wait for one printing. One that fails is logged, and missing for a while. */
function makeOnce(run: RunUnit, tenantId: number, wanted: Wanted, deps: Deps): Promise<void> {
  const name = nameSpecimen(tenantId, wanted)
  const under = making.get(name)
  if (under) return under
  const made = make(run, tenantId, wanted, deps)
    .catch((error: unknown) => {
      failedAt.set(name, deps.real.monotonicMs())
      deps.log.error({ offer: wanted.offerId, ...describe(error) }, 'the specimen of a contract could not be made')
    })
    .finally(() => making.delete(name))
  making.set(name, made)
  return made
}

async function make(run: RunUnit, tenantId: number, { write, ...specimen }: Wanted, { files }: Deps) {
  const paper = write()
  const { offerId, studioId, fingerprint } = specimen
  const { bytes, named } = await writePdf(files, tenantId, paper)
  await run(async (work) => {
    const { tx, now } = work
    const before = await lockSpecimen(tx, specimen)
    if (before?.fingerprint.equals(fingerprint)) return
    const { fileId } = await insertFile(work, bytes, {
      ...named,
      ownerKind: 'offerSpecimen',
      ownerId: offerId,
    })
    await saveSpecimen(tx, { ...specimen, fileId }, now)
    if (before) await expireFile(tx, before.fileId, now.add(linksEndAfter))
    const diff = { fileId: [before?.fileId ?? null, fileId] } as const
    work.audit({
      action: 'membershipOffer.specimenMade',
      entityKind: 'membershipOffer',
      entityId: offerId,
      studioId,
      diff,
    })
  })
}
