import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { after, before, test } from 'node:test'
import sharp from 'sharp'
import { InspectorPool } from './inspector-pool.ts'

const GENEROUS = 1024 ** 3
let folder: string
let program: URL
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'palestra-inspectors-'))
  const file = join(folder, 'program.mjs')
  await writeFile(
    file,
    `process.on('disconnect', () => process.exit())
     process.on('message', ({ deed }) => {
       if (deed === 'exit') process.exit(3)
       if (deed === 'loop') for (;;);
       if (deed !== 'sleep') process.send({ result: process.pid })
     })`,
  )
  program = pathToFileURL(file)
})
after(() => rm(folder, { recursive: true }))

const openPool = (limits: { readonly withinMs?: number; readonly idleMs?: number; readonly atOnce?: number } = {}) =>
  new InspectorPool<{ readonly deed: string }>({
    largestBytes: GENEROUS,
    withinMs: 60_000,
    idleMs: 60_000,
    atOnce: 1,
    program,
    ...limits,
  })

test('one process serves one job after the other', async () => {
  const pool = openPool()
  const answers = await Promise.all([1, 2, 3].map(() => pool.run({ deed: 'work' })))
  assert.equal(new Set(answers.map((answer) => answer.state === 'DONE' && answer.result)).size, 1)
  assert.equal(answers[0]?.state, 'DONE')
})

test('a job that ends its process costs nobody else anything', async () => {
  const pool = openPool()
  const [before, dead, next] = await Promise.all(['work', 'exit', 'work'].map((deed) => pool.run({ deed })))
  assert.deepEqual([before?.state, dead?.state, next?.state], ['DONE', 'DIED', 'DONE'])
})

for (const deed of ['loop', 'sleep']) {
  test(`a job that does not end (${deed}) is ended, and the next one is done`, async () => {
    const pool = openPool({ withinMs: 300 })
    assert.equal((await pool.run({ deed })).state, 'DIED')
    const patient = openPool()
    assert.equal((await patient.run({ deed: 'work' })).state, 'DONE')
  })
}

test('a process without work ends, and another one takes its place', async () => {
  const pool = openPool({ idleMs: 1 })
  const first = await pool.run({ deed: 'work' })
  assert.ok(first.state === 'DONE')
  while (isAlive(Number(first.result))) await new Promise((resolve) => setTimeout(resolve, 10))
  const second = await pool.run({ deed: 'work' })
  assert.ok(second.state === 'DONE' && second.result !== first.result)
})

test('a picture that needs more memory than is granted ends its process, and the next picture is kept', async () => {
  const large = await sharp({ create: { width: 7000, height: 7000, channels: 4, background: '#12345678' } })
    .png({ progressive: true })
    .toBuffer()
  const small = await sharp({ create: { width: 10, height: 10, channels: 3, background: 'red' } })
    .png()
    .toBuffer()
  const fit = async (pool: InspectorPool<object>, bytes: Buffer) => {
    const path = join(folder, 'picture')
    await writeFile(path, bytes)
    const answer = await pool.run({ kind: 'FIT', path, content: 'png' })
    return answer.state === 'DONE' ? (answer.result as { verdict?: string } | undefined)?.verdict : answer.state
  }
  const limits = { withinMs: 60_000, idleMs: 1000, atOnce: 1 }
  const tight = new InspectorPool<object>({ ...limits, largestBytes: 180 * 1024 ** 2 })
  assert.deepEqual([await fit(tight, large), await fit(tight, small)], ['DIED', 'FITTED'])
  const usual = new InspectorPool<object>({ ...limits, largestBytes: GENEROUS })
  assert.equal(await fit(usual, large), 'FITTED', 'the control: with more memory it is a picture')
})

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
