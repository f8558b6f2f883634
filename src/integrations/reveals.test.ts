import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { eq } from 'drizzle-orm'
import { pino } from 'pino'
import { openTestApp, type TestApp } from '../../test/support/app.ts'
import { runRoutine } from '../../test/support/routines.ts'
import { manualTime } from '../../test/support/manual-time.ts'
import { listAudit } from '../../test/support/records.ts'
import {
  approveOne,
  latestMail,
  linkIn,
  openPage,
  partner,
  requestOne,
  revealDeps,
} from '../../test/support/scenes/reveal-scene.ts'
import { outgoingMails } from '../platform/tables.ts'
import { approveActivation, endActivation } from './activations.ts'
import { revokeKey } from './keys.ts'
import { sendNewLink } from './reveals.ts'
import { revealRetention } from './reveal-jobs.ts'
import { judgeReveal } from './reveal-rules.ts'
import { tenants } from '../studios/tables.ts'
import { keyReveals } from './tables.ts'

let app: TestApp
const lines: string[] = []
const real = manualTime()
before(async () => {
  const log = pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) })
  app = await openTestApp({ log, real })
})
after(() => app.close())

const selectReveal = async (keyId: number) =>
  (await app.read(({ db }) => db.select().from(keyReveals).where(eq(keyReveals.keyId, keyId))))[0]
const statusWith = async (key: string) => (await app.get('/v1/studios/tags', { as: { ...app.berlin, key } })).status

test('a link is open for 72 hours, once, and only as long as its key counts', () => {
  const expiresAt = Temporal.Instant.from('2026-06-18T07:00:00Z')
  const facts = { expiresAt, revealedAt: null, isKept: true, isKeyUsable: true }
  const justBefore = expiresAt.subtract({ milliseconds: 1 })
  assert.equal(judgeReveal(facts, justBefore), 'OPEN')
  assert.equal(judgeReveal(facts, expiresAt), 'EXPIRED')
  assert.equal(judgeReveal({ ...facts, isKept: false }, justBefore), 'EXPIRED')
  assert.equal(judgeReveal({ ...facts, isKeyUsable: false }, justBefore), 'EXPIRED')
  assert.equal(judgeReveal({ ...facts, isKept: false, revealedAt: justBefore }, expiresAt), 'USED')
})

test('the contact of an approved integration is written to in the language of the tenant, without any key', async () => {
  await app.write(({ tx }) => tx.update(tenants).set({ defaultLanguage: 'de' }))
  const { key, webhookKey, path } = await approveOne(app)
  const mail = await latestMail(app)
  assert.deepEqual([mail.to, mail.fromName, mail.subject], [partner, 'Berlin', 'Gym & <App>: Zugang zu Berlin'])
  assert.match(mail.text, /darf ab jetzt die Schnittstelle von Berlin nutzen\./)
  assert.match(mail.text, /^Basisadresse aller Aufrufe: http:\/\/localhost:8080$/m)
  assert.match(mail.text, /bis 18\.06\.2026, 09:00:$/m)
  assert.match(path, /^\/reveal\/[\w-]{43}$/)
  for (const secret of [key, webhookKey, key.slice(-12)]) assert.ok(!mail.text.includes(secret))
})

test('an integration without contact is approved silently', async () => {
  const before = await app.read(({ db }) => db.$count(outgoingMails))
  const activationId = await requestOne(app, null)
  const { inbound, mailId } = await app.write((work) => approveActivation(work, activationId, revealDeps(app)))
  assert.deepEqual([mailId, await selectReveal(inbound.keyId)], [undefined, undefined])
  assert.equal(await app.read(({ db }) => db.$count(outgoingMails)), before)
  await assert.rejects(
    app.write((work) => sendNewLink(work, activationId, {}, revealDeps(app))),
    { code: 'errormessage.integration.contactMissing' },
  )
  assert.equal(await statusWith(inbound.key), 200, 'nothing was rotated')
})

test('opening the page shows a button as often as one likes, pressing it shows both keys once, and the sealed key is gone', async () => {
  const { keyId, key, webhookKey, path } = await approveOne(app)
  for (let round = 0; round < 3; round++) {
    const page = await openPage(app, 'GET', path)
    assert.equal(page.status, 200)
    assert.match(page.text, /<form method="post"><button>Schlüssel anzeigen<\/button>/)
    assert.ok(!page.text.includes(key))
  }
  assert.ok((await selectReveal(keyId))?.keyEnc)
  const shown = await openPage(app, 'POST', path, { 'accept-language': 'fr' })
  assert.equal(shown.status, 200)
  assert.ok(shown.text.includes(`<code>${key}</code>`) && shown.text.includes(`<code>${webhookKey}</code>`))
  assert.equal(shown.headers['content-language'], 'fr')
  assert.equal(await statusWith(key), 200)
  const stored = await selectReveal(keyId)
  assert.deepEqual([stored?.keyEnc, stored?.revealedAt?.toString()], [null, '2026-06-15T07:00:00Z'])
  for (const method of ['GET', 'POST'] as const) {
    const closed = await openPage(app, method, path, { 'accept-language': 'en' })
    assert.equal(closed.status, 410)
    assert.match(closed.text, /has been used/)
    assert.ok(!closed.text.includes(key))
  }
  const audited = (await listAudit(app)).filter(({ action }) => action === 'apiKey.revealed')
  assert.deepEqual(
    audited.map(({ actorKind, actorId, entityKind, studioId, ip }) => [actorKind, actorId, entityKind, studioId, ip]),
    Array.from({ length: 2 }, () => ['LINK', stored?.id, 'apiKey', 123, '127.0.0.1']),
  )
})

test('no answer of the page is kept, indexed, framed or passed on, and it runs nothing', async () => {
  const { path } = await approveOne(app)
  const answers = [
    await openPage(app, 'GET', path),
    await openPage(app, 'POST', path),
    await openPage(app, 'POST', path),
  ]
  for (const { headers } of [...answers, await openPage(app, 'GET', '/reveal/x')]) {
    assert.equal(headers['cache-control'], 'no-store')
    assert.equal(headers['referrer-policy'], 'no-referrer')
    assert.match(String(headers['x-robots-tag']), /noindex/)
    assert.match(
      String(headers['content-security-policy']),
      /^default-src 'none'; style-src 'sha256-[^']+'; form-action/,
    )
    assert.doesNotMatch(String(headers['content-security-policy']), /unsafe/)
  }
})

test('after 72 hours of the tenant the link is over, and housekeeping forgets the key behind it', async () => {
  const { keyId, path } = await approveOne(app)
  const other = await approveOne(app)
  await app.travelTo('2026-06-18T08:59:59+02:00')
  assert.equal(await runRoutine(app.platform, revealRetention), 0)
  assert.equal((await openPage(app, 'POST', other.path)).status, 200)
  await app.travelTo('2026-06-18T09:00:00+02:00')
  for (const method of ['GET', 'POST'] as const) {
    const page = await openPage(app, method, path, { 'accept-language': 'en' })
    assert.deepEqual([page.status, /has expired/.test(page.text)], [410, true])
  }
  assert.ok((await runRoutine(app.platform, revealRetention)) >= 1)
  assert.equal((await selectReveal(keyId))?.keyEnc, null)
  assert.equal((await openPage(app, 'GET', path)).status, 410)
  const longAgo = Temporal.Instant.from('2026-03-19T00:00:00Z')
  await app.write(({ tx }) => tx.update(keyReveals).set({ expiresAt: longAgo }).where(eq(keyReveals.keyId, keyId)))
  await runRoutine(app.platform, revealRetention)
  assert.equal((await openPage(app, 'GET', path)).status, 404, 'three months later nobody knows it any more')
})

test('a key that was revoked or whose activation ended is shown to nobody', async () => {
  const [revoked, ended] = [await approveOne(app), await approveOne(app)]
  await app.write((work) => revokeKey(work, revoked.keyId, real.now()))
  await app.write((work) => endActivation(work, ended.activationId, real.now()))
  for (const { path, keyId } of [revoked, ended]) {
    assert.equal((await selectReveal(keyId))?.keyEnc, null)
    assert.equal((await openPage(app, 'POST', path)).status, 410)
  }
})

test('a new link shows a new key, the old link shows nothing, and the old key lives on for the grace time', async () => {
  const old = await approveOne(app)
  const { key } = await app.write((work) => sendNewLink(work, old.activationId, { graceDays: 1 }, revealDeps(app)))
  const mail = await latestMail(app)
  assert.equal(mail.subject, 'Gym & <App>: neuer Schlüssel für Berlin')
  assert.equal((await openPage(app, 'POST', old.path)).status, 410)
  assert.equal((await selectReveal(old.keyId))?.keyEnc, null)
  const shown = await openPage(app, 'POST', linkIn(mail))
  assert.ok(shown.text.includes(key.key) && shown.text.includes(old.webhookKey))
  assert.deepEqual([await statusWith(key.key), await statusWith(old.key)], [200, 200])
  real.pass({ hours: 25 })
  assert.deepEqual([await statusWith(key.key), await statusWith(old.key)], [200, 401])
})

test('a link belongs to its tenant: others see no row, and the audit line is its own', async () => {
  const { path, key, keyId } = await approveOne(app, app.stranger)
  assert.equal(await selectReveal(keyId), undefined)
  const linesBefore = (await listAudit(app)).length
  assert.ok((await openPage(app, 'POST', path)).text.includes(key))
  assert.equal((await listAudit(app)).length, linesBefore)
  const theirs = (await listAudit(app, app.stranger)).filter(({ action }) => action === 'apiKey.revealed')
  assert.ok(theirs.some(({ entityId }) => entityId === keyId))
  const suspended = await approveOne(app, app.stranger)
  await app.write(({ tx }) => tx.update(tenants).set({ status: 'SUSPENDED' }), app.stranger)
  assert.equal((await openPage(app, 'POST', suspended.path)).status, 404)
})

test('a caller who guesses learns nothing, and after thirty guesses in a minute is refused for a minute', async () => {
  const { path } = await approveOne(app)
  real.pass({ minutes: 2 })
  const guesses = [`/reveal/${'a'.repeat(43)}`, '/reveal/%00', `${path}x`, `/reveal/${'x'.repeat(5000)}`]
  const answers = await Promise.all(
    Array.from({ length: 30 }, (_, n) => openPage(app, n % 2 ? 'POST' : 'GET', guesses[n % 4] ?? '')),
  )
  const [first] = answers
  for (const { status, text } of answers) assert.deepEqual([status, text], [404, first?.text])
  const blocked = await openPage(app, 'POST', path)
  assert.deepEqual(
    [blocked.status, blocked.headers['retry-after'], blocked.headers['cache-control']],
    [429, '60', 'no-store'],
  )
  real.pass({ minutes: 1 })
  assert.equal((await openPage(app, 'POST', path)).status, 200)
})

test('neither key nor link reaches the logs', async () => {
  const { key, webhookKey, path } = await approveOne(app)
  await openPage(app, 'GET', path)
  await openPage(app, 'POST', path)
  await openPage(app, 'POST', path)
  assert.ok(lines.some((line) => line.includes('"operation":"reveal"')))
  for (const secret of [key, webhookKey, path.slice('/reveal/'.length)]) {
    assert.ok(!lines.some((line) => line.includes(secret)))
  }
})
