import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { eq } from 'drizzle-orm'
import { openTestApp, type TestApp } from '../../../test/support/app.ts'
import { openSecondApp } from '../../../test/support/second-app.ts'
import { manualTime } from '../../../test/support/manual-time.ts'
import { fetchLink, readPdf } from '../../../test/support/printed.ts'
import { listAudit } from '../../../test/support/records.ts'
import { newPerson } from '../../../test/support/scenes/customers.ts'
import { addOffer, addOfferVoucher } from '../../../test/support/scenes/offer-world.ts'
import { files } from '../../platform/tables.ts'
import { overrideText } from '../../platform/texts/overrides.ts'
import { studios } from '../../studios/tables.ts'
import { textBlocks } from '../tables.ts'

// Monday 15 June 2026, 09:00 in Berlin. The studio speaks German.

let app: TestApp
before(async () => void (app = await openTestApp()))
after(() => app.close())

const block = { title: 'Vertrag', text: 'Muster anbei.', attachmentType: 'CONTRACT_PDF_PREVIEW' } as const
const show = async (offerId: number, on: TestApp = app) => {
  const { status, body, text } = await on.get(`/v1/memberships/membership-offers/${offerId}`)
  assert.equal(status, 200, text)
  return body.contractTextBlocks[0].attachedDocument as { fileName: string; url: string } | undefined
}
const readFileId = (url: string | undefined) => Number(/files\/(\d+)/.exec(url ?? '')?.[1])
const countMade = async () =>
  (await listAudit(app)).filter(({ action }) => action === 'membershipOffer.specimenMade').length
const countFiles = (offerId: number) =>
  app.read(async ({ db }) => (await db.select().from(files).where(eq(files.ownerId, offerId))).length)

test('the specimen of an offer shows each variant, what it costs and how it ends, and no date', async () => {
  const { offerId } = await addOffer(app, {
    offer: { name: 'Gold', maxSelectable: 1 },
    blocks: [block, { title: 'Nur mit Gutschein', onlyWithVoucher: true }],
    modules: [
      { name: 'Getränke', kind: 'INCLUDED', consent: { title: 'Getränkeordnung', text: 'Deckel drauf.' } },
      { name: 'Handtuch', kind: 'SELECTABLE' },
    ],
    terms: [
      {
        frequency: { price: '39.90' },
        fees: [{ name: 'Startpaket' }],
        cancelationPeriodValue: 1,
        cancelationPeriodUnit: 'MONTH',
      },
      { termValue: 24, frequency: { price: '29.90' }, modules: [{ name: 'Sauna', frequency: { price: '7.50' } }] },
      { termValue: 36, active: false },
    ],
  })
  const { fileName, url } = (await show(offerId)) ?? { fileName: '', url: '' }
  assert.equal(fileName, 'Mitgliedsvertrag.pdf')
  const livesFor = Number(new URL(url).searchParams.get('exp')) - Date.parse('2026-06-15T07:00:00Z') / 1000
  assert.equal(livesFor, 5 * 3600)
  const { status, bytes, headers } = await fetchLink(app, url)
  assert.deepEqual([status, headers['content-type']], [200, 'application/pdf'])
  const text = await readPdf(bytes)
  for (const part of [
    'Dies ist ein Muster.',
    'Angebot Gold',
    'Variante 1: Basic Preis 39,90 € · Jeden Monat Mindestlaufzeit 12 Monate',
    'Kündigungsfrist 1 Monat zum Ende der Laufzeit',
    'Startpaket 39,00 € · Einmalig',
    'Variante 2: Basic Preis 29,90 € · Jeden Monat Mindestlaufzeit 24 Monate',
    'Sauna 7,50 € · Jeden Monat',
    'Getränke Kostenlos',
    'Module zur Auswahl (bis zu 1) Handtuch Kostenlos',
    'Vertrag Muster anbei.',
    'Getränkeordnung Deckel drauf.',
  ]) {
    assert.ok(text.includes(part), `${part}\n${text}`)
  }
  assert.doesNotMatch(text, /Variante 3|Gutschein|20\d\d/)
})

test('a specimen is made once for any number of readers, and anew when what it says has changed', async () => {
  const { offerId, blockIds } = await addOffer(app, { blocks: [block] })
  await using second = await openSecondApp(app)
  const before = await countMade()
  const shown = await Promise.all([show(offerId), show(offerId), show(offerId, second), show(offerId, second)])
  const [first] = shown
  assert.deepEqual(new Set(shown.map((each) => readFileId(each?.url))).size, 1)
  await show(offerId)
  assert.deepEqual([(await countMade()) - before, await countFiles(offerId)], [1, 1])

  const [blockId = 0] = blockIds
  await app.write(({ tx }) => tx.update(textBlocks).set({ text: 'Anders.' }).where(eq(textBlocks.id, blockId)))
  const changed = await show(offerId)
  assert.notEqual(readFileId(changed?.url), readFileId(first?.url))
  assert.match(await readPdf((await fetchLink(app, changed?.url ?? '')).bytes), /Vertrag Anders\./)
  assert.equal((await fetchLink(app, first?.url ?? '')).status, 200, 'links that were given out go on to work')
})

test('a specimen is made anew when its studio has another name, and when the tenant words it itself', async () => {
  const { offerId } = await addOffer(app, { blocks: [block] })
  const first = await show(offerId)
  await app.write(({ tx }) => tx.update(studios).set({ name: 'Kreuzberg' }).where(eq(studios.id, app.berlin.studioId)))
  const second = await show(offerId)
  assert.match(await readPdf((await fetchLink(app, second?.url ?? '')).bytes), /Kreuzberg/)
  await app.write((work) =>
    overrideText(work, { key: 'contracttext.paper.specimenNote', language: 'de', text: 'So sieht er aus.' }),
  )
  app.platform.texts.forgetAll()
  const third = await show(offerId)
  assert.match(await readPdf((await fetchLink(app, third?.url ?? '')).bytes), /So sieht er aus\./)
  assert.equal(new Set([first, second, third].map((each) => readFileId(each?.url))).size, 3)
})

test('a preview makes no specimen that it does not show', async () => {
  const { termId } = await addOffer(app, { blocks: [block] })
  const before = await countMade()
  const contract = { contractOfferTermId: termId, startDate: '2026-07-01' }
  const { status } = await app.post('/v1/memberships/signup/preview', { contract, customer: newPerson() })
  assert.deepEqual([status, (await countMade()) - before], [200, 0])
})

test('texts that a voucher brings show the specimen in the preview', async () => {
  const { termId } = await addOffer(app, { blocks: [{ ...block, onlyWithVoucher: true }] })
  await addOfferVoucher(app, { code: 'SPECIMEN' })
  const contract = { contractOfferTermId: termId, startDate: '2026-07-01', voucherCode: 'SPECIMEN' }
  const { status, body, text } = await app.post('/v1/memberships/signup/preview', { contract, customer: newPerson() })
  assert.equal(status, 200, text)
  assert.equal((await fetchLink(app, body.voucherTextBlocks[0].attachedDocument.url)).status, 200)
})

test('an offer whose specimen cannot be stored is sold without it, and shows it a minute later', async () => {
  const real = manualTime()
  await using own = await openTestApp({ real })
  const { offerId } = await addOffer(own, { blocks: [block] })
  const { files: storage } = own.platform
  const write = storage.write.bind(storage)
  storage.write = () => Promise.reject(new Error('no space'))
  assert.equal(await show(offerId, own), undefined)
  storage.write = write
  assert.equal(await show(offerId, own), undefined)
  real.pass({ seconds: 60 })
  assert.ok(await show(offerId, own))
})

test('another studio and another tenant have no link to the specimen of an offer that they do not sell', async () => {
  const { offerId } = await addOffer(app, { blocks: [block] })
  await show(offerId)
  for (const as of [app.hamburg, app.stranger]) {
    assert.equal((await app.get(`/v1/memberships/membership-offers/${offerId}`, { as })).status, 404)
  }
})
