import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openTestApp, type TestApp } from '../../test/support/app.ts'
import { addOffer } from '../../test/support/scenes/offer-world.ts'
import { openingHourCategories, openingHourCategoryTimes } from '../studios/tables.ts'
import { files } from '../platform/tables.ts'

// Monday 15 June 2026, 09:00 in Berlin.

let app: TestApp
before(async () => {
  app = await openTestApp()
})
after(() => app.close())

const path = '/v1/memberships/membership-offers'
const read = async (id: number, call = {}) => (await app.get(`${path}/${id}`, call)).body
const speak = (language: string) => ({ headers: { 'accept-language': language } })
const euro = (amount: number) => ({ amount, currency: 'EUR' })

test('modules show what they cost, their trial and the consent that they ask for', async () => {
  const { offerId, moduleIds, optionalIds } = await addOffer(app, {
    offer: { maxSelectable: 1 },
    modules: [
      { kind: 'INCLUDED', name: 'Lockers', codes: ['LOCKER'], consent: { confirmationRequired: true } },
      { kind: 'INCLUDED', name: 'Showers' },
      { kind: 'SELECTABLE', name: 'Towels', trialTermValue: 7, trialTermUnit: 'DAY', trialDescription: 'A week free' },
    ],
    terms: [{ modules: [{ name: 'Sauna', extensionType: 'NEW', termValue: 1, termUnit: 'MONTH' }] }],
  })
  const offer = await read(offerId, speak('en'))
  const [included, without] = offer.includedModules
  assert.deepEqual(without.rateCodes, [], 'clients go through the codes without asking whether there are any')
  assert.deepEqual(
    [included.id, included.rateCodes, included.consentTextBlock.rateBundleModuleId],
    [moduleIds[0], [{ identifier: 'LOCKER', name: 'Code LOCKER' }], moduleIds[0]],
  )
  assert.equal(included.consentTextBlock.confirmationRequired, true)
  const [selectable] = offer.selectableModules
  assert.deepEqual(selectable.paymentFrequency, { type: 'FREE', formattedPaymentFrequency: 'Free of charge' })
  assert.deepEqual(selectable.trialPeriod, { trialPeriod: { value: 7, unit: 'DAY' }, description: 'A week free' })
  const [optional] = offer.terms[0].optionalModules
  assert.deepEqual([optional.id, optional.paymentFrequency.price], [optionalIds[0], euro(30)])
  assert.equal(optional.term.extensionType, 'TERM_EXTENSION')
  assert.equal(offer.maximumNumberOfSelectableModules, 1)
})

test('text blocks carry links and files, and those of vouchers stay away', async () => {
  const documentId = await addFile('terms.pdf')
  const { offerId, blockIds } = await addOffer(app, {
    blocks: [
      { attachmentType: 'FILE', documentId, hasSignature: true },
      { attachmentType: 'URL', url: 'https://gym.example/terms', urlTitle: 'Terms' },
      { onlyWithVoucher: true },
    ],
  })
  const { contractTextBlocks: blocks } = await read(offerId)
  assert.deepEqual(
    blocks.map(({ id, order }: { id: number; order: number }) => [id, order]),
    [
      [blockIds[0], 0],
      [blockIds[1], 1],
    ],
  )
  assert.deepEqual(blocks[1].attachedExternalUrlDto, { title: 'Terms', url: 'https://gym.example/terms' })
  const { fileName, url } = blocks[0].attachedDocument
  assert.equal(fileName, 'terms.pdf')
  const livesFor =
    Number(new URL(url).searchParams.get('exp')) - Temporal.Instant.from('2026-06-15T07:00Z').epochMilliseconds / 1000
  assert.equal(livesFor, 5 * 3600)
})

function addFile(originalName: string) {
  return app.write(async ({ tx, now }) => {
    const file = {
      storageKey: originalName,
      mime: 'application/pdf',
      size: 3,
      ownerKind: 'offerDocument',
      originalName,
    }
    const [row] = await tx
      .insert(files)
      .values({ ...file, sha256: Buffer.alloc(32), scanState: 'CLEAN', createdAt: now })
      .returning({ id: files.id })
    return row?.id ?? 0
  })
}

test('an offer says when its members may come', async () => {
  const categoryId = await app.write(async ({ tx, now }) => {
    const { studioId } = app.berlin
    const [row] = await tx
      .insert(openingHourCategories)
      .values({ studioId, name: 'Off-peak', createdAt: now, updatedAt: now })
      .returning({ id: openingHourCategories.id })
    const id = row?.id ?? 0
    const times = { timeFrom: Temporal.PlainTime.from('06:00'), timeTo: Temporal.PlainTime.from('16:00') }
    await tx.insert(openingHourCategoryTimes).values({ categoryId: id, day: 'MONDAY', ...times, createdAt: now })
    return id
  })
  const { offerId } = await addOffer(app, { offer: { openingHourCategoryId: categoryId } })
  assert.deepEqual((await read(offerId)).timeRestrictions, {
    openingHoursCategory: { categoryId, name: 'Off-peak' },
    availabilities: [{ dayOfWeek: 'MONDAY', timeFrom: '06:00:00', timeTo: '16:00:00' }],
  })
  assert.equal('timeRestrictions' in (await read((await addOffer(app)).offerId)), false)
})
