import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import sharp from 'sharp'
import { openTestApp, type TestApp } from '../../../test/support/app.ts'
import { commandLine } from '../../../test/support/command-line.ts'
import { addCustomer } from '../../../test/support/scenes/customers.ts'
import { tinyPdf } from '../../../test/support/multipart.ts'
import { createEmployee } from '../../employees/index.ts'

let app: TestApp
let folder: string
let mara: number

before(async () => {
  app = await openTestApp({ environment: { PALESTRA_STORAGE: 'db' } })
  folder = await mkdtemp(join(tmpdir(), 'palestra-cli-'))
  await writeFile(join(folder, 'contract.pdf'), tinyPdf)
  const picture = sharp({ create: { width: 1500, height: 500, channels: 3, background: 'teal' } })
  await writeFile(join(folder, 'photo.png'), await picture.png().toBuffer())
  mara = await addCustomer(app)
})
after(async () => {
  await app.close()
  await rm(folder, { recursive: true })
})

const run = (line: string) => commandLine(app)(`${line} --tenant demo`)
const fetchFile = (url = '') => app.app.server.inject({ method: 'GET', url: url.replace(/^https?:\/\/[^/]+/, '') })

test('staff file documents, keep some to themselves and remove them', async () => {
  const documents = async () => (await app.get(`/v1/customers/${mara}/documents`)).body.result
  const { documentId } = await run(
    `customer document-add ${mara} ${join(folder, 'contract.pdf')} --description Contract --internal`,
  )
  assert.deepEqual(await documents(), [])
  await run(`customer document-internal ${documentId} --off`)
  const [shown] = await documents()
  assert.deepEqual([shown.id, shown.fileName, shown.description], [documentId, 'contract.pdf', 'Contract'])
  assert.ok((await fetchFile(shown.url)).rawPayload.equals(tinyPdf))
  const [listed] = await run(`customer documents ${mara}`)
  assert.deepEqual([listed.id, listed.internal, listed.uploadedBy], [documentId, false, 'CLI'])
  await run(`customer document-remove ${documentId}`)
  assert.deepEqual(await documents(), [])
  assert.equal((await fetchFile(shown.url)).statusCode, 404)
  await assert.rejects(run(`customer document-add ${mara} ${join(folder, 'none.pdf')}`), /There is no file/)
})

test('staff set and remove the picture of a customer', async () => {
  const image = async () => (await app.get(`/v1/customers/${mara}`)).body.imageUrl
  await run(`customer image-set ${mara} ${join(folder, 'photo.png')}`)
  const { width, height, format } = await sharp((await fetchFile(await image())).rawPayload).metadata()
  assert.deepEqual([width, height, format], [1200, 400, 'jpeg'])
  await run(`customer image-remove ${mara}`)
  assert.equal(await image(), undefined)
  await assert.rejects(run(`customer image-set ${mara} ${join(folder, 'contract.pdf')}`), /typeNotSupported/)
})

test('employees have pictures behind links, studios a logo that everybody sees', async () => {
  const employee = { firstName: 'Ada', lastName: 'Kern', studioIds: [app.berlin.studioId] }
  const employeeId = await app.write((work) => createEmployee(work, employee, app.platform.secrets))
  await run(`employee image-set ${employeeId} ${join(folder, 'photo.png')}`)
  const { body } = await app.get(`/v1/employees/${employeeId}`)
  assert.equal((await fetchFile(body.employeeImageUrl)).headers['content-type'], 'image/jpeg')
  await run(`studio logo-set ${app.berlin.studioId} ${join(folder, 'photo.png')}`)
  const { logoUrl } = (await app.get('/v1/studios/information')).body
  assert.match(logoUrl, /\/assets\//)
  assert.equal((await fetchFile(logoUrl)).statusCode, 200)
})
