import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { formatSignatures, newSigningSecret, signingKey } from '../../src/webhooks/signature.ts'
import { readBlocks } from '../support/pages.ts'

const page = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'webhooks.md'), 'utf8')
const secret = newSigningSecret()
const sent = { id: '0197747e-2f80-7d61-9c1a-3b0e5a2f4c11', timestamp: 1_781_539_200, body: '{"name":"Zoë"}' }
const headers = {
  'webhook-id': sent.id,
  'webhook-timestamp': String(sent.timestamp),
  'webhook-signature': formatSignatures([signingKey(newSigningSecret()), signingKey(secret)], sent),
}

/** Calls to judge: headers, body, seconds of the clock, and whether the call is one of ours. */
const calls = [
  [headers, sent.body, sent.timestamp + 300, true],
  [headers, '{"name":"Zoe"}', sent.timestamp, false],
  [headers, sent.body, sent.timestamp + 301, false],
  [{ ...headers, 'webhook-timestamp': 'now' }, sent.body, sent.timestamp, false],
  [{ ...headers, 'webhook-signature': '' }, sent.body, sent.timestamp, false],
  // What strangers send must not break the receiver: headers may hold any sign of Latin-1.
  [{ ...headers, 'webhook-signature': 'v1,é' }, sent.body, sent.timestamp, false],
  [{ ...headers, 'webhook-timestamp': '²' }, sent.body, sent.timestamp, false],
] as const
const expected = calls.map(([, , , isOurs]) => isOurs)

function codeIn(language: string): string {
  const block = readBlocks(page).find((each) => each.language === language)
  assert.ok(block, `the page has no code in ${language}`)
  return block.text
}

test('the check of a signature that the page shows in TypeScript accepts our calls and no others', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'palestra-webhooks-'))
  try {
    await writeFile(join(folder, 'check.mts'), codeIn('ts'))
    const { isFromPalestra } = await import(join(folder, 'check.mts'))
    assert.deepEqual(
      calls.map(([given, body, now]) => isFromPalestra(secret, given, body, now)),
      expected,
    )
  } finally {
    await rm(folder, { recursive: true })
  }
})

/** Runs a program in another language on the calls, which it reads as JSON from its input. */
function judge(command: readonly [string, ...string[]], program: string): unknown {
  const [name, ...args] = command
  const input = JSON.stringify({ secret, calls: calls.map(([given, body, now]) => [given, body, now]) })
  const { stdout, stderr, status } = spawnSync(name, [...args, program], { input, encoding: 'utf8' })
  assert.equal(status, 0, stderr)
  return JSON.parse(stdout)
}

const lacks = (program: string) =>
  spawnSync(program, ['--version']).status === 0 ? false : `no ${program} on this machine`

test('the one in Python does the same', { skip: lacks('python3') }, () => {
  const program = `${codeIn('python')}
import json, sys
given = json.load(sys.stdin)
print(json.dumps([is_from_palestra(given["secret"], *call) for call in given["calls"]]))`
  assert.deepEqual(judge(['python3', '-c'], program), expected)
})

test('the one in PHP does the same', { skip: lacks('php') }, () => {
  const program = `${codeIn('php')}
$given = json_decode(stream_get_contents(STDIN), true);
echo json_encode(array_map(fn ($call) => isFromPalestra($given['secret'], ...$call), $given['calls']));`
  assert.deepEqual(judge(['php', '-r'], program), expected)
})
