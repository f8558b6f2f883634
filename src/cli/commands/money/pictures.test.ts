import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { eq } from 'drizzle-orm'
import sharp from 'sharp'
import { openTestApp, type TestApp } from '../../../../test/support/app.ts'
import { commandLine } from '../../../../test/support/command-line.ts'
import { fullTextBlock } from '../../../../test/support/samples/catalogue-documents.ts'
import { addOffer } from '../../../../test/support/scenes/offer-world.ts'
import { openStaff } from '../../../../test/support/scenes/staff.ts'
import { membershipOffersModule } from '../../../membership-offers/index.ts'
import * as api from '../../../membership-offers/staff-api.ts'
import { files } from '../../../platform/tables.ts'

let app: TestApp
let folder = ''
before(async () => {
  app = await openTestApp({ now: '2026-06-15T10:00:00+02:00' })
  folder = await mkdtemp(join(tmpdir(), 'palestra-catalogue-'))
  for (const background of ['#808080', '#ff0000']) {
    const picture = { width: 8, height: 8, channels: 3, background } as const
    await writeFile(join(folder, `${background.slice(1)}.png`), await sharp({ create: picture }).png().toBuffer())
  }
})
after(async () => {
  await app.close()
  await rm(folder, { recursive: true })
})

const attach = async (command: string, id: number, picture: string): Promise<number> =>
  (await commandLine(app)(`${command} ${id} ${join(folder, `${picture}.png`)}`)).fileId
const goneAt = async (fileId: number) =>
  (await app.read(({ db }) => db.select().from(files).where(eq(files.id, fileId))))[0]?.deleteAfter?.toString()

test('a picture of the catalogue that is replaced goes when no link to it works any more', async () => {
  const { offerId } = await addOffer(app)
  const first = await attach('membership-offer image-set', offerId, '808080')
  assert.equal(await attach('membership-offer image-set', offerId, '808080'), first)
  assert.equal(await goneAt(first), undefined)
  const second = await attach('membership-offer image-set', offerId, 'ff0000')
  assert.deepEqual([await goneAt(first), await goneAt(second)], ['2026-06-15T14:00:00Z', undefined])
})

test('the file of a text block goes with the attachment, and stays with any other change', async () => {
  const staff = openStaff(app, membershipOffersModule)
  const key = await staff.run(api.textBlocks.import, {}, fullTextBlock)
  const fileId = await attach('text-block document-set', Number(Object.values(key)[0]), '808080')
  const { version: _version, ...shown } = await staff.run(api.textBlocks.show, key)
  await staff.run(api.textBlocks.import, {}, { ...shown, title: 'Terms' })
  assert.equal(await goneAt(fileId), undefined)
  await staff.run(api.textBlocks.import, {}, { ...shown, attachmentType: 'NONE' })
  assert.equal(await goneAt(fileId), '2026-06-15T14:00:00Z')
})
