import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { test } from 'node:test'
import { guarded } from '../../test/support/guarded.ts'

test('a reader who closes the output early, as `head` does, has what was wanted', async () => {
  const main = join(import.meta.dirname, 'main.ts')
  const child = spawn(process.execPath, [...guarded, main, '--help'], { stdio: ['ignore', 'pipe', 'pipe'] })
  child.stdout.destroy()
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text))
  const [code] = await once(child, 'close')
  assert.deepEqual([code, said], [0, ''])
})
