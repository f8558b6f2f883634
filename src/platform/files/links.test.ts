import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Secrets } from '../secrets.ts'
import { chooseDisposition, fileLink, fileSignature, judgeLink, publicFileLink } from './links.ts'

// A known key and a known text have a known signature: links that are in circulation stay valid.
const key = { id: 'demo', key: Buffer.from('palestra-demo-file-key-32-bytes!') }
const file = { tenantSlug: 'demo', fileId: 1000000900, disposition: 'attachment' } as const
const exp = 1781507720
const sig = '88FXoUlUR4CQz6FyMNaQqHsE1-2gXR1V9tgDKHIE3iw'
const claim = { exp: String(exp), kid: 'demo', sig }
const at = (time: string) => Temporal.Instant.from(`2026-06-15T${time}+02:00`)

test('a known key signs a known file and end with a known signature', () => {
  assert.equal(fileSignature(key.key, file, exp), sig)
})

test('a link works until just before its end and never from its end on', () => {
  assert.equal(judgeLink([key], file, claim, at('09:15:19.999')), 'VALID')
  assert.equal(judgeLink([key], file, claim, at('09:15:20')), 'EXPIRED')
  assert.equal(judgeLink([key], file, claim, at('12:00:00')), 'EXPIRED')
})

test('whatever character of a link is changed, it opens nothing', () => {
  const now = at('09:00:20')
  const others = (text: string) =>
    Array.from(text, (old, index) => text.slice(0, index) + (old === '1' ? '2' : '1') + text.slice(index + 1))
  const claims = (['exp', 'kid', 'sig'] as const).flatMap((part) =>
    others(claim[part]).map((changed) => ({ ...claim, [part]: changed })),
  )
  for (const changed of claims) assert.equal(judgeLink([key], file, changed, now), 'INVALID', JSON.stringify(changed))
  for (const changed of others(String(file.fileId))) {
    assert.equal(judgeLink([key], { ...file, fileId: Number(changed) }, claim, now), 'INVALID')
  }
  for (const sig of ['', `${claim.sig}=`, claim.sig.slice(0, -1), '\u00e9'.repeat(43)]) {
    assert.equal(judgeLink([key], file, { ...claim, sig }, now), 'INVALID')
  }
})

test('a link of another tenant or for another use of the file opens nothing', () => {
  assert.equal(judgeLink([key], { ...file, tenantSlug: 'other' }, claim, at('09:01:00')), 'INVALID')
  assert.equal(judgeLink([key], { ...file, disposition: 'inline' }, claim, at('09:01:00')), 'INVALID')
})

test('a link that claims to live longer than five hours is not ours', () => {
  assert.equal(judgeLink([key], file, claim, at('04:15:20')), 'VALID')
  assert.equal(judgeLink([key], file, claim, at('04:15:19')), 'INVALID')
})

test('a link of the installation ends 900 seconds after the second of its making, or at the end that was set', () => {
  const secrets = new Secrets(['a-root-key-of-more-than-32-characters'])
  const signer = { secrets, publicUrl: 'https://gym.example' }
  const links = [fileLink(signer, file, at('09:00:20.999')), fileLink(signer, file, at('09:00:20'), 60)]
  const [usual, short] = links.map((link) => new URL(link).searchParams)
  assert.deepEqual([usual?.get('exp'), short?.get('exp')], [String(exp), '1781506880'])
  assert.match(links[0] ?? '', /^https:\/\/gym\.example\/files\/1000000900\?exp=\d+&kid=[0-9a-f]{8}&sig=[\w-]{43}$/)
  const made = { exp: usual?.get('exp') ?? '', kid: usual?.get('kid') ?? '', sig: usual?.get('sig') ?? '' }
  assert.equal(judgeLink(secrets.signingKeys('file-link'), file, made, at('09:15:19.999')), 'VALID')
  assert.throws(() => fileLink(signer, file, at('09:00:00'), 5 * 3600 + 1))
})

test('only plain pictures are shown by a browser', () => {
  assert.deepEqual(
    ['image/jpeg', 'image/png', 'image/svg+xml', 'application/pdf', 'text/html'].map(chooseDisposition),
    ['inline', 'inline', 'attachment', 'attachment', 'attachment'],
  )
})

test('the address of a public file holds the hash of its content', () => {
  const address = publicFileLink('https://gym.example', { id: 7, sha256: Buffer.alloc(32, 1) })
  assert.equal(address, 'https://gym.example/assets/7-AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE')
})
