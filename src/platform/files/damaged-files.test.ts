import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { glob, mkdir, mkdtemp, rm, truncate, writeFile } from 'node:fs/promises'
import { get } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { openTestApp, type TestApp } from '../../../test/support/app.ts'
import { startS3Server } from '../../../test/support/servers/s3-server.ts'
import { findDamage } from './damage.ts'
import { exactBytes } from './exact-bytes.ts'
import { type FileDescription, putFile } from './files.ts'
import { fileLink } from './links.ts'
import { listFileRows } from './store.ts'

const document: FileDescription = { mime: 'application/pdf', originalName: 'a.pdf', ownerKind: 'customerContract' }
const text = 'the bytes of a contract'

type Deed = 'shorten' | 'empty' | 'lengthen' | 'change' | 'remove' | 'folder' | 'pipe'
const deeds: Readonly<Record<Deed, readonly [damage: string, status: number]>> = {
  shorten: ['WRONG_SIZE', 500],
  empty: ['WRONG_SIZE', 500],
  lengthen: ['WRONG_SIZE', 500],
  change: ['WRONG_HASH', 200],
  remove: ['MISSING', 404],
  folder: ['UNREADABLE', 500],
  pipe: ['UNREADABLE', 500],
}

async function damageFile(path: string, deed: Deed) {
  if (deed === 'shorten') return truncate(path, 5)
  if (deed === 'empty') return truncate(path, 0)
  if (deed === 'lengthen') return writeFile(path, `${text} and more`)
  if (deed === 'change') return writeFile(path, text.toUpperCase())
  await rm(path)
  if (deed === 'folder') await mkdir(path)
  if (deed === 'pipe') execFileSync('mkfifo', [path])
}

const readContent: Readonly<Record<Deed, string>> = {
  shorten: `substring(content for 5)`,
  empty: `''`,
  lengthen: `content || 'x'`,
  change: `convert_to(upper(convert_from(content, 'UTF8')), 'UTF8')`,
  remove: 'null',
  folder: 'null',
  pipe: 'null',
}

for (const storage of ['fs', 'db', 's3'] as const) {
  let app: TestApp
  let folder: string
  let s3: Awaited<ReturnType<typeof startS3Server>> | undefined
  let admin: pg.Client
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'palestra-damaged-'))
    s3 = storage === 's3' ? await startS3Server() : undefined
    app = await openTestApp({
      environment: { PALESTRA_STORAGE: storage, PALESTRA_DATA_DIR: folder, ...s3?.environment },
    })
    admin = new pg.Client({ connectionString: app.url })
    await admin.connect()
  })
  after(async () => {
    await admin.end()
    await app.close()
    await s3?.close()
    await rm(folder, { recursive: true })
  })

  const put = async (content: string | Buffer = text) => {
    const caller = { actor: { kind: 'CLI', id: null }, tenantId: app.berlin.tenantId, traceId: '1'.repeat(32) } as const
    const deps = { storage: app.platform.files, units: app.platform.units }
    const { fileId } = await putFile(deps, caller, Buffer.from(content), document)
    const [row] = await app.read(({ db }) => listFileRows(db, app.berlin.tenantId, { after: fileId - 1, limit: 1 }))
    assert.ok(row)
    return { ...row, tenantId: app.berlin.tenantId }
  }
  const damage = async ({ fileId, storageKey }: Awaited<ReturnType<typeof put>>, deed: Deed) => {
    if (storage === 'db') return admin.query(`update files set content = ${readContent[deed]} where id = $1`, [fileId])
    const pattern = storage === 'fs' ? `**/${storageKey}` : `**/${storageKey}._S3rver_object`
    for await (const name of glob(pattern, { cwd: s3?.directory ?? folder })) {
      return damageFile(join(s3?.directory ?? folder, name), deed)
    }
    throw new Error('The bytes were not found.')
  }
  const linkTo = async (fileId: number) => {
    const now = await app.platform.clock.now(app.berlin.tenantId)
    const file = { tenantSlug: 'demo', fileId, disposition: 'attachment' } as const
    return fileLink({ secrets: app.platform.secrets, publicUrl: '' }, file, now)
  }

  for (const [deed, [expected, status]] of Object.entries(deeds) as [Deed, readonly [string, number]][]) {
    if ((deed === 'folder' || deed === 'pipe') && storage !== 'fs') continue
    if (deed === 'pipe' && process.platform === 'win32') continue
    test(`${storage}: of a file after "${deed}" nothing else is sent, and its damage has a name`, async () => {
      const file = await put()
      assert.equal(await findDamage(app.platform.files, file), undefined)
      await damage(file, deed)
      assert.equal(await findDamage(app.platform.files, file), expected)
      const link = await linkTo(file.fileId)
      for (const headers of [{}, { range: 'bytes=2-6' }, { range: 'bytes=10-' }]) {
        const answer = await app.app.server.inject({ method: 'GET', url: link, headers })
        assert.equal(answer.statusCode, status === 200 && 'range' in headers ? 206 : status)
        if (status === 500) assert.equal(answer.json().errorCode, 'errormessage.file.damaged')
      }
    })
  }

  if (storage === 'db') {
    test('a file that breaks while it is sent ends the connection, so that nothing after it is read as its bytes', async () => {
      const file = await put(Buffer.alloc(64 * 1024 * 1024, 'x'))
      await app.app.server.listen({ port: 0 })
      const { port } = app.app.server.server.address() as AddressInfo
      const url = `http://127.0.0.1:${port}${await linkTo(file.fileId)}`
      const outcome = await new Promise<string>((resolve, reject) => {
        get(url, (response) => {
          response.once('readable', () => {
            // The reader waits, so most of it has not been read from the database when its end is cut off.
            damage(file, 'shorten').then(() => response.resume(), reject)
          })
          response.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? ''))
          response.on('end', () => resolve('end'))
        }).on('error', reject)
      })
      assert.equal(outcome, 'ECONNRESET')
      assert.equal((await app.app.server.inject({ method: 'GET', url: '/healthz' })).statusCode, 200)
    })
  }
}

test('a stream of exactly so many bytes drops what comes after them, and breaks where there are fewer', async () => {
  const parts = () => Readable.from([Buffer.from('abc'), Buffer.from('def')])
  assert.equal(String(await buffer(exactBytes(parts(), 6))), 'abcdef')
  assert.equal(String(await buffer(exactBytes(parts(), 4))), 'abcd')
  await assert.rejects(buffer(exactBytes(parts(), 7)), { damage: 'WRONG_SIZE' })
})

test('the error of a source that nobody reads yet ends nothing', async () => {
  const source = new Readable({ read: () => undefined })
  const exact = exactBytes(source, 5)
  source.destroy(new Error('the disk is gone'))
  await assert.rejects(buffer(exact), /the disk is gone|Premature/)
  const unread = new Readable({ read: () => undefined })
  exactBytes(unread, 5).destroy()
  await new Promise((resolve) => unread.once('close', resolve))
  assert.ok(unread.destroyed)
})
