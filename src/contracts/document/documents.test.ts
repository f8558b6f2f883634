import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { count, eq } from 'drizzle-orm'
import { pino } from 'pino'
import { openTestApp, type TestApp } from '../../../test/support/app.ts'
import { fetchLink, printDocuments, readPdf } from '../../../test/support/printed.ts'
import { listAudit, listEvents } from '../../../test/support/records.ts'
import { addCustomer, newPerson } from '../../../test/support/scenes/customers.ts'
import { addOffer, addOfferVoucher, type OfferInput } from '../../../test/support/scenes/offer-world.ts'
import { iban } from '../../../test/support/scenes/run-scene.ts'
import { enterMandate } from '../../payments/index.ts'
import type { FileStorage } from '../../platform/files/storage.ts'
import { files } from '../../platform/tables.ts'
import { eraseCustomer, listErasureBlockers } from '../../privacy/index.ts'
import { exportPerson } from '../../privacy/person-export.ts'
import { inspectContract } from '../inspecting/inspections.ts'
import { contractDocuments } from '../tables.ts'

// Monday 15 June 2026, 09:00 in Berlin. The studio speaks German.

let app: TestApp
before(async () => void (app = await openTestApp()))
after(() => app.close())

const drawing = Buffer.from(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 40"><path d="M0 0L90 40" stroke="black"/></svg>',
).toString('base64')

const add = async (customerId: number, contract: object) => {
  const path = `/v1/memberships/customers/${customerId}/add-membership`
  const answer = await app.post(path, { startDate: '2026-07-01', ...contract })
  assert.equal(answer.status, 200, answer.text)
  return Number(answer.headers['x-contract-id'])
}
const signUsual = async () => {
  const { termId } = await addOffer(app)
  const customerId = await addCustomer(app)
  return { customerId, contractId: await add(customerId, { contractOfferTermId: termId }) }
}
const linkTo = async (customerId: number, contractId: number, call = {}) => {
  const { body } = await app.get(`/v1/customers/${customerId}/contracts`, call)
  return body.find(({ id }: { id: number }) => id === contractId).signedDocumentUrl as string | undefined
}
const documentRow = (contractId: number) =>
  app.read(async ({ db }) => {
    const [row] = await db.select().from(contractDocuments).where(eq(contractDocuments.contractId, contractId))
    return row
  })
const countFiles = (customerId: number) =>
  app.read(async ({ db }) => {
    const [row] = await db.select({ count: count() }).from(files).where(eq(files.ownerId, customerId))
    return row?.count
  })
/** Real time that a test moves. */
const at = (minutes: number) => ({ ...app.platform.real, now: () => app.platform.real.now().add({ minutes }) })

/** An offer with all that a document can say. */
const gold = {
  offer: { name: 'Gold 12', signaturesRequired: true },
  rate: { name: 'Gold' },
  blocks: [
    { title: 'Hausordnung', text: 'Handtuch mitbringen.', hasSignature: true, confirmationRequired: true },
    { title: 'Datenschutz', text: 'Wir speichern wenig.', confirmationRequired: true },
  ],
  modules: [{ name: 'Getränke', kind: 'INCLUDED' }],
  terms: [
    {
      frequency: { price: '1299.90' },
      fees: [{ name: 'Startpaket' }],
      modules: [{ name: 'Sauna', frequency: { price: '7.50' } }],
      rules: [{}],
      cancelationPeriodValue: 3,
      cancelationPeriodUnit: 'MONTH',
    },
  ],
} satisfies OfferInput

test('the document of a sign-up says what was agreed, by whom, and how it is paid and ended', async () => {
  await addOfferVoucher(app, {
    code: 'HALF',
    windows: [{ type: 'PERCENTAGE', percentage: '50', effective: 'TIME_BASED', termValue: 3, termUnit: 'MONTH' }],
  })
  const { termId, blockIds, optionalIds } = await addOffer(app, gold)
  const person = newPerson({ firstName: 'Łukasz', lastName: 'Yıldız-Ωmega', dateOfBirth: '1990-03-04' })
  const contract = {
    contractOfferTermId: termId,
    startDate: '2026-07-01',
    voucherCode: 'half',
    selectedOptionalModuleIds: optionalIds,
    contractSignature: { base64SvgSignature: drawing },
    textBlockSignatures: [{ textBlockId: blockIds[0], base64SvgSignature: drawing }],
  }
  const answer = await app.post('/v1/memberships/signup', { contract, customer: person })
  assert.equal(answer.status, 200, answer.text)
  const { customerId } = answer.body
  const contractId = Number(answer.headers['x-contract-id'])
  assert.equal(await linkTo(customerId, contractId), undefined)
  const known = (await listEvents(app)).length

  await printDocuments(app)
  const { status, bytes, headers } = await fetchLink(app, (await linkTo(customerId, contractId)) ?? '')
  assert.deepEqual([status, headers['content-type']], [200, 'application/pdf'])
  assert.match(String(headers['content-disposition']), /^attachment; filename="Mitgliedsvertrag \d+\.pdf"/)
  const text = await readPdf(bytes)
  for (const part of [
    `Mitgliedsvertrag ${contractId}`,
    'Łukasz Yıldız-Ωmega',
    '04.03.1990',
    'Gold 12',
    'Beginn 01.07.2026',
    'Mindestlaufzeit 12 Monate',
    'Kündigungsfrist 3 Monate zum Ende der Laufzeit',
    'Preis 1.299,90 € · Jeden Monat',
    'Der Preis steigt um 5 %',
    'Startpaket 39,00 € · Einmalig',
    'Sauna 7,50 €',
    'Getränke Kostenlos',
    'Gutschein HALF',
    '50 % Rabatt',
    '01.07.2026 Vertrag Gold 649,95 €',
    'Zahlungsart Bar',
    'Hausordnung Handtuch mitbringen. Łukasz Yıldız-Ωmega, 15.06.2026',
    'Datenschutz Wir speichern wenig. Bestätigt am 15.06.2026',
    'Unterschrift Łukasz Yıldız-Ωmega, 15.06.2026',
  ]) {
    assert.ok(text.includes(part), `${part}\n${text}`)
  }
  assert.equal((await listEvents(app)).length, known)
  const { action, entityId } = (await listAudit(app)).at(-1) ?? {}
  assert.deepEqual([action, entityId], ['contract.documentPrinted', contractId])
})

test('who pays by mandate is shown by country and last digits of the account, nowhere else', async () => {
  const { termId } = await addOffer(app, { choices: ['SEPA'] })
  const customerId = await addCustomer(app)
  const paper = { customerId, iban, holder: 'Mara Weber', isOneOff: false }
  await app.write((work) => enterMandate(work, app.platform.secrets, paper))
  const contractId = await add(customerId, { contractOfferTermId: termId })
  const lines: string[] = []
  const log = pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) })
  await printDocuments(app, { log })
  const { bytes } = await fetchLink(app, (await linkTo(customerId, contractId)) ?? '')
  const text = await readPdf(bytes)
  assert.ok(text.includes('Zahlungsart Lastschrift (SEPA), DE•••• 3000, Mara Weber'), text)
  const stored = JSON.stringify([await documentRow(contractId), lines])
  for (const each of [text, stored]) assert.ok(!each.includes(iban.slice(4, 18)))
})

test('printers of two processes print each document once', async () => {
  const signed = await Promise.all([signUsual(), signUsual(), signUsual()])
  await Promise.all([printDocuments(app), printDocuments(app), printDocuments(app)])
  await printDocuments(app)
  for (const { customerId, contractId } of signed) {
    assert.equal(await countFiles(customerId), 1)
    assert.equal((await documentRow(contractId))?.attempts, 1)
  }
})

test('a process that dies while it prints gives the document to another one after five minutes, which stores it once', async () => {
  const { customerId, contractId } = await signUsual()
  const dying = Object.create(app.platform.units, {
    write: { value: () => new Promise<never>(() => {}) },
  }) as TestApp['platform']['units']
  // It has stored the bytes, and never gets to the row.
  void printDocuments(app, { units: dying })
  while ((await documentRow(contractId))?.attempts !== 1) continue
  await printDocuments(app, { real: at(4) })
  assert.equal(await linkTo(customerId, contractId), undefined)
  await printDocuments(app, { real: at(6) })
  assert.ok(await linkTo(customerId, contractId))
  assert.deepEqual([await countFiles(customerId), (await documentRow(contractId))?.attempts], [1, 2])
})

test('an attempt that comes back after another one has taken the document stores nothing', async () => {
  const { customerId, contractId } = await signUsual()
  let isOvertaken = false
  const slow = Object.create(app.platform.files, {
    write: {
      value: async (...given: Parameters<FileStorage['write']>) => {
        if (!isOvertaken) {
          isOvertaken = true
          await printDocuments(app, { real: at(6) })
        }
        return app.platform.files.write(...given)
      },
    },
  }) as FileStorage
  await printDocuments(app, { files: slow })
  assert.deepEqual([await countFiles(customerId), (await documentRow(contractId))?.attempts], [1, 2])
})

test('what fails is tried again later, without a word about the person in the log, and staff see why', async () => {
  const { customerId, contractId } = await signUsual()
  const lines: string[] = []
  const log = pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) })
  const full = Object.create(app.platform.files, {
    write: { value: () => Promise.reject(new Error('no space for Vertrag of Mara')) },
  }) as FileStorage
  await printDocuments(app, { files: full, log })
  assert.match(lines.join(''), /could not be printed/)
  assert.doesNotMatch(lines.join(''), /Mara|Vertrag/)
  const shown = () => app.read((view) => inspectContract(view, contractId))
  assert.deepEqual((await shown()).document, { state: 'WAITING', attempts: 1, failure: 'Error' })
  await printDocuments(app)
  assert.equal(await linkTo(customerId, contractId), undefined)
  await printDocuments(app, { real: at(2) })
  assert.ok(await linkTo(customerId, contractId))
  const fileName = `Mitgliedsvertrag ${contractId}.pdf`
  assert.deepEqual((await shown()).document, { state: 'PRINTED', fileName, attempts: 2 })
})

test('a link ends after fifteen minutes, and no other studio or tenant is given one', async () => {
  await using own = await openTestApp()
  const { termId } = await addOffer(own)
  const customerId = await addCustomer(own)
  const path = `/v1/memberships/customers/${customerId}/add-membership`
  await own.post(path, { startDate: '2026-07-01', contractOfferTermId: termId })
  await printDocuments(own)
  const list = `/v1/customers/${customerId}/contracts`
  for (const as of [own.hamburg, own.stranger]) assert.equal((await own.get(list, { as })).status, 404)
  const url = (await own.get(list)).body[0].signedDocumentUrl
  assert.equal((await fetchLink(own, url)).status, 200)
  assert.equal((await fetchLink(own, url.replace(/sig=./, 'sig=_'))).status, 403)
  await own.travelTo('2026-06-15T09:14:59+02:00')
  assert.equal((await fetchLink(own, url)).status, 200)
  await own.travelTo('2026-06-15T09:15:00+02:00')
  assert.equal((await fetchLink(own, url)).status, 403)
})

test('the document is part of what is exported about its member, and goes with the member', async () => {
  const { customerId, contractId } = await signUsual()
  const waiting = await signUsual()
  await printDocuments(app)
  const again = await add(customerId, { contractOfferTermId: (await addOffer(app)).termId })
  const url = (await linkTo(customerId, contractId)) ?? ''
  const exported = await app.write((work) => exportPerson(work, app.platform.secrets, customerId))
  assert.deepEqual(
    exported.files.map(({ originalName }) => originalName),
    [`Mitgliedsvertrag ${contractId}.pdf`],
  )
  for (const each of [contractId, again]) {
    const path = `/v1/memberships/${customerId}/self-service/contract-withdrawal/${each}`
    assert.equal((await app.post(path)).body.success, 'true')
  }
  assert.deepEqual(await app.read((view) => listErasureBlockers(view, customerId)), [])
  const erase = () => app.write((work) => eraseCustomer(work, customerId))
  // The second document is just being printed.
  const slow = Object.create(app.platform.files, {
    write: {
      value: async (...given: Parameters<FileStorage['write']>) => {
        await erase()
        return app.platform.files.write(...given)
      },
    },
  }) as FileStorage
  await printDocuments(app, { files: slow })
  assert.equal((await fetchLink(app, url)).status, 404)
  assert.deepEqual([await documentRow(contractId), await documentRow(again)], [undefined, undefined])
  assert.equal(await countFiles(customerId), 1)
  assert.ok(await linkTo(waiting.customerId, waiting.contractId))
})
