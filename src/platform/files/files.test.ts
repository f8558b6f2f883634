import assert from 'node:assert/strict'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { openTestApp, type TestApp } from '../../../test/support/app.ts'
import { runRoutine } from '../../../test/support/routines.ts'
import { startS3Server } from '../../../test/support/servers/s3-server.ts'
import { orphanedBytes } from './file-jobs.ts'
import { Secrets } from '../secrets.ts'
import { cleanName, type FileDescription, putFile } from './files.ts'
import { chooseDisposition, fileLink, publicFileLink } from './links.ts'
import { TooManyBytes } from './storage.ts'

const bytes = Buffer.from(Array.from({ length: 3_000_000 }, (_, at) => (at * 7 + (at >> 8)) % 256))
const document: FileDescription = {
  mime: 'application/pdf',
  originalName: 'contract.pdf',
  ownerKind: 'customerContract',
}

for (const storage of ['fs', 'db', 's3'] as const) {
  let app: TestApp
  let folder: string
  let s3: Awaited<ReturnType<typeof startS3Server>> | undefined
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'palestra-files-'))
    s3 = storage === 's3' ? await startS3Server() : undefined
    const environment = { PALESTRA_STORAGE: storage, PALESTRA_DATA_DIR: folder, ...s3?.environment }
    app = await openTestApp({ environment })
  })
  after(async () => {
    await app.close()
    await s3?.close()
    await rm(folder, { recursive: true })
  })

  const put = (content: Uint8Array, description: Partial<FileDescription> = {}) =>
    putFile(
      { storage: app.platform.files, units: app.platform.units },
      { actor: { kind: 'CLI', id: null }, tenantId: app.berlin.tenantId, traceId: '1'.repeat(32) },
      content,
      { ...document, ...description },
    )
  const linkTo = async (fileId: number, mime = document.mime) => {
    const signer = { secrets: app.platform.secrets, publicUrl: '' }
    const now = await app.platform.clock.now(app.berlin.tenantId)
    return fileLink(signer, { tenantSlug: 'demo', fileId, disposition: chooseDisposition(mime) }, now)
  }
  const ask = (method: 'GET' | 'HEAD', url: string, headers: Record<string, string> = {}) =>
    app.app.server.inject({ method, url, headers })

  test(`${storage}: a link shows the file without an API key, byte for byte, and as nothing but what it is`, async () => {
    const { fileId } = await put(bytes)
    const { statusCode, headers, rawPayload } = await ask('GET', await linkTo(fileId))
    assert.equal(statusCode, 200)
    assert.ok(rawPayload.equals(bytes))
    assert.equal(headers['content-type'], 'application/pdf')
    assert.equal(headers['content-length'], String(bytes.length))
    assert.equal(headers['content-disposition'], 'attachment; filename="contract.pdf"')
    assert.equal(headers['cache-control'], 'private, max-age=900')
    assert.equal(headers['x-content-type-options'], 'nosniff')
    assert.equal(headers['content-security-policy'], 'sandbox')
  })

  test(`${storage}: ranges give exactly their bytes`, async () => {
    const { fileId } = await put(bytes)
    const link = await linkTo(fileId)
    const size = bytes.length
    const ranges: [string, number, number][] = [
      ['bytes=0-0', 0, 0],
      ['bytes=1048570-1048590', 1048570, 1048590],
      [`bytes=${size - 5}-`, size - 5, size - 1],
      ['bytes=-3', size - 3, size - 1],
      [`bytes=10-${size * 2}`, 10, size - 1],
    ]
    for (const [range, first, last] of ranges) {
      const { statusCode, headers, rawPayload } = await ask('GET', link, { range })
      assert.equal(statusCode, 206, range)
      assert.equal(headers['content-range'], `bytes ${first}-${last}/${size}`)
      assert.ok(rawPayload.equals(bytes.subarray(first, last + 1)), range)
    }
    const beyond = await ask('GET', link, { range: `bytes=${size}-` })
    assert.deepEqual([beyond.statusCode, beyond.headers['content-range']], [416, `bytes */${size}`])
    for (const range of ['bytes=5-2', 'bytes=0-1,4-5', 'lines=1-2']) {
      assert.equal((await ask('GET', link, { range })).statusCode, 200, `${range} is not one range: the whole file`)
    }
    const stale = await ask('GET', link, { range: 'bytes=0-9', 'if-range': '"another"' })
    assert.deepEqual([stale.statusCode, stale.rawPayload.length], [200, size], 'a changed file is sent whole')
  })

  test(`${storage}: HEAD returns what GET would send, and a known file is not sent again`, async () => {
    const { fileId } = await put(Buffer.from('hello'))
    const link = await linkTo(fileId)
    const head = await ask('HEAD', link)
    assert.deepEqual([head.statusCode, head.headers['content-length'], head.payload], [200, '5', ''])
    const again = await ask('GET', link, { 'if-none-match': String(head.headers.etag) })
    assert.deepEqual([again.statusCode, again.payload], [304, ''])
    const forged = await ask('HEAD', link.replace('sig=', 'sig=x'))
    assert.deepEqual([forged.statusCode, forged.payload], [403, ''])
  })

  test(`${storage}: an empty file is a file`, async () => {
    const { fileId } = await put(new Uint8Array())
    const answer = await ask('GET', await linkTo(fileId))
    assert.deepEqual([answer.statusCode, answer.headers['content-length'], answer.payload], [200, '0', ''])
  })

  test(`${storage}: whatever is changed in a link, it shows nothing`, async () => {
    const { fileId } = await put(Buffer.from('secret'))
    await put(Buffer.from('another'))
    const link = await linkTo(fileId)
    for (let at = '/files/'.length; at < link.length; at++) {
      const changed = link.slice(0, at) + (link[at] === '7' ? '8' : '7') + link.slice(at + 1)
      const { statusCode } = await ask('GET', changed)
      assert.ok([403, 404].includes(statusCode), `${changed} → ${statusCode}`)
    }
    for (const url of [`/files/${fileId}`, `${link}&sig=x`, `/files/x${link.slice(7)}`]) {
      assert.ok([403, 404].includes((await ask('GET', url)).statusCode), url)
    }
  })

  test(`${storage}: too many bytes leave nothing behind`, async () => {
    const kept = s3?.directory ?? folder
    const before = await filesIn(kept)
    await assert.rejects(app.platform.files.write(app.berlin.tenantId, [bytes], bytes.length - 1), TooManyBytes)
    assert.deepEqual(await filesIn(kept), before)
  })

  if (storage !== 'db') {
    test(`${storage}: bytes that never got a row are found by their age, and removed`, async () => {
      const { storageKey } = await app.platform.files.write(app.berlin.tenantId, [Buffer.from('lost')], 10)
      const foreign = await app.platform.files.write(10 * app.berlin.tenantId, [Buffer.from('foreign')], 10)
      const { fileId } = await put(Buffer.from('kept'))
      const ages = async (before: string) => {
        const found: string[] = []
        const { tenantId } = app.berlin
        for await (const keys of app.platform.files.listKeys(tenantId, Temporal.Instant.from(before)))
          found.push(...keys)
        assert.ok(!found.includes(foreign.storageKey), 'the bytes of another tenant are not listed')
        return found.includes(storageKey)
      }
      assert.deepEqual([await ages('2020-01-01T00:00Z'), await ages('2100-01-01T00:00Z')], [false, true])
      const future = { ...app.platform.real, now: () => Temporal.Instant.from('2100-01-01T00:00Z') }
      assert.ok((await runRoutine({ ...app.platform, real: future }, orphanedBytes)) >= 1)
      assert.equal(await ages('2100-01-01T00:00Z'), false)
      assert.equal((await ask('GET', await linkTo(fileId))).payload, 'kept')
      await app.platform.files.remove([storageKey])
      await app.platform.files.probe()
    })

    test(`${storage}: a row whose bytes are gone is answered as gone`, async () => {
      const { fileId } = await put(Buffer.from('short-lived'))
      const link = await linkTo(fileId)
      const all = app.platform.files.listKeys(app.berlin.tenantId, Temporal.Instant.from('2100-01-01T00:00Z'))
      for await (const keys of all) {
        await app.platform.files.remove(keys)
      }
      assert.equal((await ask('GET', link)).statusCode, 404)
    })
  }

  test(`${storage}: a file whose time is over is gone, also for a link that is still valid`, async () => {
    const deleteAfter = Temporal.Instant.from('2026-06-15T07:10:00Z')
    const { fileId } = await put(Buffer.from('for ten minutes'), { deleteAfter })
    const link = await linkTo(fileId)
    await app.travelTo('2026-06-15T09:09:59+02:00')
    assert.equal((await ask('GET', link)).statusCode, 200)
    await app.travelTo('2026-06-15T09:10:00+02:00')
    const gone = await ask('GET', link)
    assert.deepEqual([gone.statusCode, gone.json().errorCode], [404, 'errormessage.file.notFound'])
    await app.travelTo('2026-06-15T09:14:59.999+02:00')
    const { fileId: other } = await put(Buffer.from('x'))
    const otherLink = await linkTo(other)
    await app.travelTo('2026-06-15T09:29:58.999+02:00')
    assert.equal((await ask('GET', otherLink)).statusCode, 200)
    await app.travelTo('2026-06-15T09:29:59+02:00')
    const expired = await ask('GET', otherLink)
    assert.deepEqual([expired.statusCode, expired.json().errorCode], [403, 'errormessage.file.urlExpired'])
  })
}

test('names of other alphabets are sent as RFC 5987 writes them', async () => {
  await using app = await openTestApp({ environment: { PALESTRA_STORAGE: 'db' } })
  const signer = { secrets: app.platform.secrets, publicUrl: '' }
  const dispositionOfName = async (originalName: string, mime = 'application/pdf') => {
    const caller = { actor: { kind: 'CLI', id: null }, tenantId: app.berlin.tenantId, traceId: '1'.repeat(32) } as const
    const deps = { storage: app.platform.files, units: app.platform.units }
    const { fileId } = await putFile(deps, caller, Buffer.from('x'), { ...document, originalName, mime })
    const now = await app.platform.clock.now(app.berlin.tenantId)
    const url = fileLink(signer, { tenantSlug: 'demo', fileId, disposition: chooseDisposition(mime) }, now)
    return (await app.app.server.inject({ method: 'GET', url })).headers['content-disposition']
  }
  assert.equal(
    await dispositionOfName(`Kündigung "Müller" 50%(*'.pdf`),
    `attachment; filename="K_ndigung _M_ller_ 50_(*'.pdf"; filename*=UTF-8''K%C3%BCndigung%20%22M%C3%BCller%22%2050%25%28%2A%27.pdf`,
  )
  assert.equal(await dispositionOfName('portrait.png', 'image/png'), 'inline')
})

test('only files of public kinds have a public address, and it holds their hash', async () => {
  await using app = await openTestApp({ environment: { PALESTRA_STORAGE: 'db' } })
  const caller = { actor: { kind: 'CLI', id: null }, tenantId: app.berlin.tenantId, traceId: '1'.repeat(32) } as const
  const put = async (ownerKind: FileDescription['ownerKind']) => {
    const deps = { storage: app.platform.files, units: app.platform.units }
    const description = { mime: 'image/png', originalName: 'a.png', ownerKind }
    const { fileId, sha256 } = await putFile(deps, caller, Buffer.from('picture'), description)
    return publicFileLink('', { id: fileId, sha256 })
  }
  const ask = (url: string) => app.app.server.inject({ method: 'GET', url })
  const logo = await put('studioLogo')
  const shown = await ask(logo)
  assert.deepEqual([shown.statusCode, shown.payload], [200, 'picture'])
  assert.equal(shown.headers['cache-control'], 'public, max-age=31536000, immutable')
  assert.equal((await ask(logo.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')))).statusCode, 404)
  assert.equal((await ask(await put('customerImage'))).statusCode, 404)
})

test('a stranger gets the same answer for a file that there is, one that there is not, and one of another tenant', async () => {
  await using app = await openTestApp({ environment: { PALESTRA_STORAGE: 'db' } })
  const deps = { storage: app.platform.files, units: app.platform.units }
  const put = async ({ tenantId }: { tenantId: number }) => {
    const caller = { actor: { kind: 'CLI', id: null }, tenantId, traceId: '1'.repeat(32) } as const
    return (await putFile(deps, caller, Buffer.from('x'), document)).fileId
  }
  const ids = [await put(app.berlin), await put(app.stranger), 999_999_999, 0, '1e3', 'x', '9'.repeat(30)]
  const now = await app.platform.clock.now(app.berlin.tenantId)
  const signer = { secrets: app.platform.secrets, publicUrl: '' }
  const own = fileLink(signer, { tenantSlug: 'demo', fileId: Number(ids[0]), disposition: 'attachment' }, now)
  const expired = own.replace(/exp=\d+/, 'exp=1000000000')
  for (const query of ['', own.split('?')[1]?.replace(/sig=../, 'sig=xx'), expired.split('?')[1]]) {
    const answers = await Promise.all(
      ids.map(async (id) => {
        const answer = await app.app.server.inject({ method: 'GET', url: `/files/${id}?${query}` })
        const { traceId: _, ...body } = answer.json()
        const { 'x-trace-id': __, date: ___, ...headers } = answer.headers
        return JSON.stringify([answer.statusCode, body, headers])
      }),
    )
    assert.equal(new Set(answers).size, 1, answers.join('\n'))
    assert.match(answers[0] ?? '', /^\[403,.*urlInvalid/)
  }
})

test('a link signed before a change of keys works for five hours after it', async () => {
  let monotonic = 0
  const [old, fresh] = ['an-old-root-key-of-more-than-32-characters', 'a-new-root-key-of-more-than-32-characters']
  const environment = { PALESTRA_STORAGE: 'db', PALESTRA_SECRET_KEY: `${fresh},${old}` }
  const real = { now: () => Temporal.Instant.from('2026-06-15T07:00:00Z'), monotonicMs: () => monotonic }
  await using app = await openTestApp({ environment, real })
  const caller = { actor: { kind: 'CLI', id: null }, tenantId: app.berlin.tenantId, traceId: '1'.repeat(32) } as const
  const deps = { storage: app.platform.files, units: app.platform.units }
  const { fileId } = await putFile(deps, caller, Buffer.from('x'), document)
  const now = await app.platform.clock.now(app.berlin.tenantId)
  const file = { tenantSlug: 'demo', fileId, disposition: 'attachment' } as const
  const [oldLink, newLink] = [[old], [fresh]].map((roots) =>
    fileLink({ secrets: new Secrets(roots), publicUrl: '' }, file, now),
  )
  const ask = async (url = '') => (await app.app.server.inject({ method: 'GET', url })).statusCode
  assert.deepEqual([await ask(oldLink), await ask(newLink)], [200, 200])
  monotonic = 5 * 3600 * 1000
  assert.deepEqual([await ask(oldLink), await ask(newLink)], [403, 200])
})

test('the name of an upload loses its folders and everything that does not show', () => {
  assert.equal(cleanName('C:\\Users\\me\\scan.pdf'), 'scan.pdf')
  assert.equal(cleanName('../../etc/passwd'), 'passwd')
  assert.equal(cleanName('a\u0000b\r\nc\u202egpj.exe'), 'abcgpj.exe')
  assert.equal(cleanName('\u200Bscan\u2060.pdf\uFEFF'), 'scan.pdf')
  assert.deepEqual([cleanName(''), cleanName('..'), cleanName(' / ')], ['file', 'file', 'file'])
  assert.equal(Array.from(cleanName('\u{1f600}'.repeat(300))).length, 255)
})

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries.filter((entry) => entry.isFile()).map((entry) => entry.name)
}
