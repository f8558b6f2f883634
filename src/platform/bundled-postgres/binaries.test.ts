import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { chmodSync, cpSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { type DeliveredBinaries, findDeliveredBinaries, prepareBinaries } from './binaries.ts'

const posixOnly = process.platform === 'win32' ? 'permission bits' : false
const nobody = { uid: 65534, gid: 65534 }

test('the links of the install script are created, also twice', (t) => {
  const delivered = deliver(t)
  for (let round = 0; round < 2; round++) {
    const { postgres } = prepareBinaries(delivered, undefined, undefined)
    assert.match(execFileSync(postgres, ['--version'], { encoding: 'utf8' }), /PostgreSQL/)
    assert.equal(postgres.startsWith(delivered.folder), true)
  }
})

test('programs under a folder closed to the server are copied to where it may go', { skip: posixOnly }, (t) => {
  const delivered = deliver(t)
  const cacheDir = openFolder(t)
  chmodSync(delivered.folder, 0o700)
  const { initdb } = prepareBinaries(delivered, nobody, cacheDir)
  assert.equal(initdb.startsWith(cacheDir), true)
  assert.match(execFileSync(initdb, ['--version'], { encoding: 'utf8' }), /PostgreSQL/)
  assert.equal(statSync(initdb).mode & 0o777, 0o755)
  assert.equal(prepareBinaries(delivered, nobody, cacheDir).initdb, initdb)
  assert.equal(readdirSync(cacheDir).length, 1)
})

test('a cached copy that others may write is not trusted', { skip: posixOnly }, (t) => {
  const delivered = deliver(t)
  const cacheDir = openFolder(t)
  chmodSync(delivered.folder, 0o700)
  prepareBinaries(delivered, nobody, cacheDir)
  const copy = join(cacheDir, readdirSync(cacheDir)[0] as string)
  chmodSync(copy, 0o777)
  const elsewhere = prepareBinaries(delivered, nobody, cacheDir).initdb
  t.after(() => rmSync(join(elsewhere, '..', '..', '..'), { recursive: true, force: true }))
  assert.equal(elsewhere.startsWith(cacheDir), false)
})

test('a folder that we may not write gets its links in a copy', {
  skip: posixOnly || (process.getuid?.() === 0 ? 'root may write everywhere' : false),
}, (t) => {
  const delivered = deliver(t)
  const cacheDir = openFolder(t)
  chmodSync(join(delivered.folder, 'lib'), 0o555)
  const { initdb } = prepareBinaries(delivered, undefined, cacheDir)
  chmodSync(join(delivered.folder, 'lib'), 0o755)
  assert.equal(initdb.startsWith(cacheDir), true)
  assert.match(execFileSync(initdb, ['--version'], { encoding: 'utf8' }), /PostgreSQL/)
})

/** The package as npm delivers it: files only, no links. */
function deliver(t: TestContext): DeliveredBinaries {
  const { folder, version } = findDeliveredBinaries()
  const copy = join(openFolder(t), 'native')
  mkdirSync(copy)
  cpSync(folder, copy, { recursive: true, filter: (path) => !lstatSync(path).isSymbolicLink() })
  return { folder: copy, version }
}

function openFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'palestra-test-'))
  chmodSync(folder, 0o755)
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}
