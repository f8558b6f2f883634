import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { eq, sql } from 'drizzle-orm'
import { openTestApp, type TestApp } from '../../../test/support/app.ts'
import { newPerson } from '../../../test/support/scenes/customers.ts'
import { addOffer, addOfferVoucher } from '../../../test/support/scenes/offer-world.ts'
import { type SentStatement, watchStatements } from '../../../test/support/statements.ts'
import { membershipOffers, paymentFrequencies } from '../tables.ts'
import { openCatalogue } from './catalogue.ts'

// Monday 15 June 2026, 09:00 in Berlin.

const watch = watchStatements()
let app: TestApp
before(async () => void (app = await openTestApp()))
after(() => app.close())

const preview = async (contractOfferTermId: number, more = {}) => {
  const contract = { contractOfferTermId, startDate: '2026-07-01', ...more }
  const { status, body, text } = await app.post('/v1/memberships/signup/preview', { contract, customer: newPerson() })
  assert.equal(status, 200, text)
  return body
}
const rename = (offerId: number, name: string) =>
  app.write(({ tx }) => tx.update(membershipOffers).set({ name }).where(eq(membershipOffers.id, offerId)))
const setPrice = (id: number, price: string) =>
  app.write(({ tx }) => tx.update(paymentFrequencies).set({ price }).where(eq(paymentFrequencies.id, id)))
const findFrequencyId = async (offerId: number) => {
  const [offer] = await app.read(async ({ db }) => (await openCatalogue(db, app.berlin.studioId)).loadOffers([offerId]))
  return offer?.terms[0]?.frequency.id ?? 0
}

/** What `work` sends to the database about studios, offers and integrations. */
async function listSent(work: () => Promise<unknown>): Promise<readonly SentStatement[]> {
  const sent: SentStatement[] = []
  watch.onResult = (statement) => void sent.push(statement)
  await work()
  watch.onResult = () => {}
  return sent.filter(({ name }) => /^(offers|studios|integrations)_/.test(name ?? ''))
}
const readTables = ({ text }: SentStatement) =>
  [...text.matchAll(/(?:from|join) "(\w+)"/g)].map(([, table = '']) => table)

test('what a preview has read of the catalogue is not read again until the catalogue changes', async () => {
  const { termId, offerId } = await addOffer(app)
  const names = async () => (await listSent(() => preview(termId))).map(({ name }) => name)
  const first = await names()
  assert.ok(first.includes('offers_list_terms_by_offer'), String(first))
  assert.deepEqual(await names(), ['offers_find_selling_studio', 'integrations_find_preview_shape'])
  await rename(offerId, 'Other')
  assert.deepEqual(await names(), first)
})

test('a change of any table that an offer is read from gives the catalogue another version', async () => {
  await addOfferVoucher(app, { code: 'ALL' })
  const { termId } = await addOffer(app, {
    rate: { codes: ['R'] },
    blocks: [{ title: 'Text' }],
    modules: [{ name: 'Towel', kind: 'INCLUDED', consent: { title: 'Consent' }, codes: ['M'] }],
    terms: [{ fees: [{ name: 'Fee' }], rules: [{}], modules: [{ name: 'Sauna' }] }],
  })
  const sent = await listSent(() => preview(termId))
  const read = new Set(sent.filter(({ name }) => name?.startsWith('offers_')).flatMap(readTables))
  // Settings of the studio are read each time; a file is never changed, another one takes its place.
  for (const apart of ['studios', 'catalogue_versions', 'files']) read.delete(apart)
  assert.ok(read.size >= 18, [...read].join())
  const version = () =>
    app.read(async ({ db }) => {
      const [row] = await db.select({ version: sql<string>`version` }).from(sql`catalogue_versions`)
      return row?.version
    })
  for (const table of read) {
    const before = await version()
    await app.write(({ tx }) => tx.execute(sql`update ${sql.identifier(table)} set tenant_id = tenant_id`))
    assert.notEqual(await version(), before, table)
  }
})

test('the next preview has a new price, of this studio and of all', async () => {
  const { termId, offerId } = await addOffer(app, { terms: [{ frequency: { price: '30.00' } }] })
  const id = await findFrequencyId(offerId)
  for (const price of ['30.00', '31.00', '30.00']) {
    await setPrice(id, price)
    assert.equal((await preview(termId)).basePrice.amount, Number(price))
  }
})

test('an offer that changes while it is read is given to nobody else', async () => {
  const { offerId } = await addOffer(app, { offer: { name: 'Before' } })
  await app.read(async ({ db }) => {
    const read = async () => (await old.loadOffers([offerId]))[0]?.name
    const old = await openCatalogue(db, app.berlin.studioId)
    await rename(offerId, 'Meanwhile')
    assert.equal(await read(), 'Meanwhile')
    await rename(offerId, 'After')
    assert.equal(await read(), 'After', 'what was read of two versions is not kept for the first')
  })
})

test('what a unit changes and then gives up reaches no other', async () => {
  const { termId, offerId } = await addOffer(app, { terms: [{ frequency: { price: '30.00' } }] })
  const id = await findFrequencyId(offerId)
  const readPrice = async (tx: Parameters<typeof openCatalogue>[0]) => {
    const [offer] = await (await openCatalogue(tx, app.berlin.studioId)).loadOffers([offerId])
    return offer?.terms[0]?.frequency.price
  }
  const undone = app.write(async ({ tx }) => {
    for (const price of ['1.0000', '2.0000']) {
      await tx.update(paymentFrequencies).set({ price }).where(eq(paymentFrequencies.id, id))
      assert.equal(await readPrice(tx), price)
    }
    throw new Error('given up')
  })
  await assert.rejects(undone, /given up/)
  assert.equal((await preview(termId)).basePrice.amount, 30)
})

test('a term that does not exist is searched each time, and may come into being', async () => {
  const wanted = { contractOfferTermId: 987_654, startDate: '2026-07-01' }
  const ask = () => app.post('/v1/memberships/signup/preview', { contract: wanted, customer: newPerson() })
  assert.equal((await ask()).body.errorCode, 'errormessage.membership.offerTermNotFound')
  await addOffer(app, { terms: [{ id: 987_654 }] })
  assert.equal((await ask()).status, 200)
})
