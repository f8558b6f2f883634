import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { groupFiles, writeProgram } from './groups.ts'

const many = (folder: string, count: number) =>
  Array.from({ length: count }, (_, at) => `${folder}/${String(at).padStart(2, '0')}.test.ts`)

test('neighbours of a module share a process, sixteen at most, and no file is lost', () => {
  const files = [
    ...many('src/classes', 17),
    'src/classes/series/a.test.ts',
    'src/cli/a.test.ts',
    ...many('test/api', 2),
  ]
  const groups = groupFiles(files)
  assert.deepEqual(
    groups.map(({ name, files: { length } }) => [name, length]),
    [
      ['src/classes', 16],
      ['src/classes', 2],
      ['src/cli', 1],
      ['test/api', 2],
    ],
  )
  assert.deepEqual(
    groups.flatMap((group) => group.files),
    files,
  )
})

test('files that start processes or take long have a process of their own', () => {
  const files = [
    ...many('test/crash', 2),
    ...many('test/processes', 2),
    'test/api/a.long.test.ts',
    'test/api/b.test.ts',
  ]
  assert.ok(groupFiles(files).every((group) => group.files.length === 1))
})

/** Runs the program of a group with these files as `npm test` does; its exit code and what the runner printed. */
function runGroup(texts: Readonly<Record<string, string>>): { status: number | null; output: string } {
  const folder = mkdtempSync(join(tmpdir(), 'palestra-groups-'))
  try {
    for (const [name, text] of Object.entries(texts)) writeFileSync(join(folder, name), text)
    writeFileSync(join(folder, 'group.mjs'), writeProgram(folder, Object.keys(texts)))
    // A runner that finds itself inside another one reports to that one.
    const { NODE_TEST_CONTEXT: _, ...env } = process.env
    const args = ['--test', '--test-reporter=spec', join(folder, 'group.mjs')]
    const { status, stdout } = spawnSync(process.execPath, args, { env, encoding: 'utf8' })
    return { status, output: stdout }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const passing = `import { test } from 'node:test'\ntest('passes', () => {})\n`

test('the hooks of a file are run for its own tests only, and before the next file', () => {
  const hooks = `import { after, beforeEach, test } from 'node:test'
    await Promise.resolve()
    beforeEach(() => console.log('each'))
    after(() => console.log('after'))
    test('a', () => console.log('a'))\n`
  const { status, output } = runGroup({
    'a.mjs': hooks,
    'b.mjs': passing.replace('() => {}', "() => console.log('b')"),
  })
  assert.equal(status, 0)
  assert.deepEqual(output.match(/^(?:each|after|a|b)$/gm), ['each', 'a', 'after', 'b'])
  assert.match(output, /^ℹ tests 2$/m)
})

test('a test that fails, and a file that cannot be loaded, fail the run', () => {
  const failing = passing.replace('() => {}', '() => Promise.reject(new Error())')
  assert.equal(runGroup({ 'a.mjs': passing, 'b.mjs': failing }).status, 1)
  const broken = runGroup({ 'a.mjs': "import './nothing.mjs'\n", 'b.mjs': passing })
  assert.equal(broken.status, 1)
  assert.match(broken.output, /ERR_MODULE_NOT_FOUND/)
  assert.match(broken.output, /^ℹ pass 1\nℹ fail 1$/m)
})
