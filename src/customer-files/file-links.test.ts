import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openTestApp, type TestApp } from '../../test/support/app.ts'
import { addCustomer } from '../../test/support/scenes/customers.ts'
import { asSuperuser } from '../../test/support/row-hashes.ts'
import { makeForm, tinyPdf, tinyPng } from '../../test/support/multipart.ts'
import { storeDataExport } from '../privacy/data-export.ts'
import { eraseCustomer } from '../privacy/index.ts'

/** Every address that the API gives out for bytes of a person: picture, document, export of all data. */
async function listLinks(app: TestApp, customerId: number): Promise<string[]> {
  const path = `/v1/customers/${customerId}`
  const image = await app.sendRaw(
    'PUT',
    `${path}/images`,
    makeForm([{ name: 'image', content: tinyPng, fileName: 'a.png' }]),
  )
  assert.equal(image.status, 200, image.text)
  const filed = await app.sendRaw(
    'POST',
    `${path}/documents`,
    makeForm([{ name: 'file', content: tinyPdf, fileName: 'a.pdf' }]),
  )
  assert.equal(filed.status, 200, filed.text)
  const document = await app.get(`${path}/documents/${filed.body.id}`)
  const exported = await app.get(`/ext/v1/customers/${customerId}/data-export`)
  return [image.body.imageUrl, document.body.url, exported.body.url]
}

async function fetchStatus(app: TestApp, link: string): Promise<number> {
  const { pathname, search } = new URL(link, 'http://localhost')
  return (await app.app.server.inject({ method: 'GET', url: pathname + search })).statusCode
}

/** The link with the lowest bit of one character of its signed part flipped. */
const flipped = (link: string, at: number) =>
  link.slice(0, at) + String.fromCharCode(link.charCodeAt(at) ^ 1) + link.slice(at + 1)

test('no link shows anything with a bit changed, at its end, or after the person was erased', async () => {
  await using app = await openTestApp({ environment: { PALESTRA_STORAGE: 'db' } })
  const customerId = await addCustomer(app)
  const links = await listLinks(app, customerId)
  for (const link of links) {
    assert.equal(await fetchStatus(app, link), 200, link)
    const query = link.indexOf('?')
    for (let at = query + 1; at < link.length; at += 5) {
      assert.notEqual(await fetchStatus(app, flipped(link, at)), 200, `${link} changed at ${at}`)
    }
  }
  await app.write((work) => eraseCustomer(work, customerId))
  for (const link of links) assert.notEqual(await fetchStatus(app, link), 200, `${link} after erasure`)

  const other = await addCustomer(app)
  const later = await listLinks(app, other)
  await app.travelTo('2026-06-15T09:14:59.999+02:00')
  for (const link of later) assert.equal(await fetchStatus(app, link), 200, link)
  await app.travelTo('2026-06-15T14:00:00+02:00')
  for (const link of later) assert.notEqual(await fetchStatus(app, link), 200, `${link} at its end`)
})

test('an archive of a person who is erased while it is packed is not kept', async () => {
  await using app = await openTestApp({ environment: { PALESTRA_STORAGE: 'db' } })
  const customerId = await addCustomer(app)
  const { units, secrets, files } = app.platform
  /** Stores as always, after something else has come first. */
  class Interrupted {
    async write(...given: Parameters<typeof files.write>) {
      await app.write((work) => eraseCustomer(work, customerId))
      return files.write(...given)
    }
    open = files.open.bind(files)
    remove = files.remove.bind(files)
    listKeys = files.listKeys.bind(files)
    probe = files.probe.bind(files)
  }
  const caller = { actor: { kind: 'CLI', id: null }, tenantId: 1, traceId: '0'.repeat(32) } as const
  const deps = { units, secrets, files: new Interrupted() }
  await assert.rejects(
    storeDataExport(deps, caller, customerId, async () => {}),
    { code: 'errormessage.customer.notFound' },
  )
  const { rows } = await asSuperuser(app.url, (client) => client.query('select id from files'))
  assert.deepEqual(rows, [])
})
