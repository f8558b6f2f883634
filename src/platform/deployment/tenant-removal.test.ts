import assert from 'node:assert/strict'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { openTestApp } from '../../../test/support/app.ts'
import { runCommand } from '../../../test/support/command-line.ts'
import { startS3Server } from '../../../test/support/servers/s3-server.ts'
import { putFile } from '../files/files.ts'

/** Which of the marks are found anywhere in the files below a folder. */
async function findMarks(folder: string, marks: readonly string[]): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile())
  const contents = await Promise.all(files.map(({ parentPath, name }) => readFile(join(parentPath, name))))
  return marks.filter((mark) => contents.some((bytes) => bytes.includes(mark)))
}

for (const storage of ['fs', 's3'] as const) {
  test(`${storage}: with a tenant the bytes of its files go, and those of another tenant stay`, async (t) => {
    const folder = await mkdtemp(join(tmpdir(), 'palestra-removal-'))
    const s3 = storage === 's3' ? await startS3Server() : undefined
    const environment = { PALESTRA_STORAGE: storage, PALESTRA_DATA_DIR: folder, ...s3?.environment }
    const app = await openTestApp({ environment })
    t.after(async () => {
      await app.close()
      await s3?.close()
      await rm(folder, { recursive: true })
    })
    const put = ({ tenantId }: { readonly tenantId: number }, mark: string, count: number) =>
      Promise.all(
        Array.from({ length: count }, (_, n) =>
          putFile(
            { storage: app.platform.files, units: app.platform.units },
            { actor: { kind: 'CLI', id: null }, tenantId, traceId: '1'.repeat(32) },
            Buffer.from(`%PDF-1.7 ${mark} ${n}`),
            { mime: 'application/pdf', originalName: 'contract.pdf', ownerKind: 'customerContract' },
          ),
        ),
      )
    const [ours, theirs] = ['bytes-that-go', 'bytes-that-stay']
    await put(app.stranger, theirs, 1)
    await put(app.berlin, ours, 3)
    const kept = s3?.directory ?? folder
    assert.deepEqual(await findMarks(kept, [ours, theirs]), [ours, theirs])
    const settings = {
      PALESTRA_DATABASE_URL: app.url,
      PALESTRA_SECRET_KEY: 'x'.repeat(40),
      PALESTRA_LOG_LEVEL: 'silent',
    }
    const removed = await runCommand('tenant remove --slug demo --yes', { ...settings, ...environment })
    assert.ok(removed.some(({ table }: { table: string }) => table === 'files'))
    assert.deepEqual(await findMarks(kept, [ours, theirs]), [theirs])
  })
}
