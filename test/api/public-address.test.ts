import { test } from 'node:test'
import assert from 'node:assert/strict'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { testDatabase } from '../support/database.ts'
import { insertFullStudio } from '../support/full/full-studio.ts'
import { tinyPdf } from '../support/multipart.ts'
import { asSuperuser } from '../support/row-hashes.ts'
import { insertServedWorld } from '../support/scenes/served-world.ts'
import { startServerProcess } from '../support/servers/server-process.ts'

test('a server on any free port hands out links that lead to it, and names its address in its documents', async () => {
  await using database = await testDatabase()
  const { berlin, filled } = await insertServedWorld(database.url, (platform, world) =>
    insertFullStudio(platform, world.berlin, { firstId: 3_000_000 }),
  )
  // The document serves as the picture of a class besides: such links are public.
  await asSuperuser(database.url, async (client) => {
    await client.query(`update files set owner_kind = 'classImage' where original_name like '%contract.pdf'`)
    await client.query('update classes set image_id = (select file_id from customer_documents)')
  })
  const server = await startServerProcess({
    PALESTRA_DATABASE_URL: database.url,
    PALESTRA_STORAGE: 'db',
    PALESTRA_DATA_DIR: join(tmpdir(), 'palestra-test'),
  })
  try {
    const read = async (path: string) =>
      (await fetch(server.url + path, { headers: { 'x-api-key': berlin.key } })).json() as Promise<any>
    const document = await read(`/v1/customers/${filled.customerId}/documents/${filled.documentId}`)
    const gymClass = await read(`/v1/classes/${filled.classId}`)
    const { port } = new URL(server.url)
    for (const link of [document.url, gymClass.imgUrl]) {
      assert.equal(new URL(link).origin, `http://localhost:${port}`)
      const answer = await fetch(link)
      assert.deepEqual([answer.status, Buffer.from(await answer.arrayBuffer())], [200, tinyPdf])
    }
    for (const path of ['/openapi.json', '/open-api/device/openapi.json']) {
      assert.deepEqual((await read(path)).servers, [{ url: `http://localhost:${port}` }])
    }
  } finally {
    await server.end('SIGKILL')
  }
})
