import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { openTestApp, type TestApp } from '../../../test/support/app.ts'
import { deviceScene } from '../../../test/support/scenes/device-scene.ts'
import { manualTime } from '../../../test/support/manual-time.ts'
import { listAudit } from '../../../test/support/records.ts'
import { approveOne, latestMail, openPage } from '../../../test/support/scenes/reveal-scene.ts'
import { asSuperuser } from '../../../test/support/row-hashes.ts'
import { openSecondApp } from '../../../test/support/second-app.ts'
import { watchStatements } from '../../../test/support/statements.ts'
import { visitScene } from '../../../test/support/scenes/visit-scene.ts'
import { textOverrides } from '../tables.ts'
import { listOwnTexts, overrideText, removeOverride } from './overrides.ts'

const watch = watchStatements()
let reads = 0
watch.onResult = ({ text }) => void (reads += /from "text_overrides"/.test(text) ? 1 : 0)

let app: TestApp
let second: TestApp
const real = manualTime()
before(async () => {
  app = await openTestApp({ real })
  second = await openSecondApp(app)
})
beforeEach(async () => {
  await app.write(({ tx }) => tx.delete(textOverrides))
  for (const each of [app, second]) each.platform.texts.forgetAll()
})
after(async () => {
  await second.close()
  await app.close()
})

const notFound = 'errormessage.customer.notFound'
const word = (key: string, language: string, text: string) =>
  app.write((work) => overrideText(work, { key, language, text }))
const refusal = async (language: string, one: TestApp = app, as = one.berlin) =>
  (await one.get('/v1/customers/4711', { as, headers: { 'accept-language': language } })).body.errorMessage

/** Other processes, and this one too, receive a notification of a change. */
async function until(wanted: string, read: () => Promise<string>) {
  let last = ''
  for (let attempt = 0; attempt < 100; attempt++) {
    if ((last = await read()) === wanted) return
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  assert.equal(last, wanted)
}

test('a refusal is in the words of the tenant: of the variant before the language, of English for all others', async () => {
  await word(notFound, 'de', 'Wir kennen {0} nicht.')
  await until('Wir kennen 4711 nicht.', () => refusal('de'))
  assert.equal(await refusal('de-CH'), 'Wir kennen 4711 nicht.')
  await word(notFound, 'de_ch', 'Mir känned {0} nöd.')
  await until('Mir känned 4711 nöd.', () => refusal('de-CH'))
  assert.equal(await refusal('de'), 'Wir kennen 4711 nicht.')
  assert.equal(await refusal('de-LI'), 'Wir kennen 4711 nicht.')
  assert.equal(await refusal('fr'), 'Le client 4711 est introuvable.')
  await app.write((work) => removeOverride(work, { key: notFound, language: 'de' }))
  await until('Der Kunde 4711 wurde nicht gefunden.', () => refusal('de'))
})

test('each field of a refused body speaks so too, and before a key is known nobody does', async () => {
  await word('errormessage.validation.type', 'en', 'No: {0} is no {1}.')
  await until(
    'No: customerId is no integer.',
    async () => (await app.get('/v1/customers/abc', { headers: { 'accept-language': 'en' } })).body.errorMessage,
  )
  await word('errormessage.auth.apiKeyInvalid', 'en', 'Go away.')
  const stranger = await app.get('/v1/customers/1', { as: { ...app.berlin, key: 'wrong-key-of-nobody' } })
  assert.equal(stranger.body.errorMessage, 'Authentication failed.')
})

test('a device shows the words of the tenant', async () => {
  const { solarium, card } = deviceScene(app)
  const [device, identification] = [
    await solarium({ mode: 'INTERVALS', requireEntitlement: true }),
    await card(await visitScene(app).guest()),
  ]
  const shown = (language: string) => async () =>
    (await device.post('time/identification', { identification }, { 'accept-language': language })).body.text
  assert.equal(await shown('de')(), 'Keine gültige Mitgliedschaft gefunden.')
  await word('errormessage.access.noEntitlement', 'de', 'Hol dir eine Karte!')
  await word('errormessage.access.noEntitlement', 'de-CH', 'Hol der e Charte!')
  await until('Hol der e Charte!', shown('de-CH'))
  await until('Hol dir eine Karte!', shown('de'))
})

test('mails and pages speak so, and markup in a text stays text', async () => {
  await word('mailtext.activation.subject', 'en', 'Welcome {0} to {1}')
  await word('pagetext.reveal.show', 'en', '<script>Show</script>')
  const { path } = await approveOne(app)
  assert.equal((await latestMail(app)).subject, 'Welcome Gym & <App> to Berlin')
  app.platform.texts.forgetAll()
  assert.match((await openPage(app, 'GET', path)).text, /<button>&lt;script&gt;Show&lt;\/script&gt;<\/button>/)
})

test('a text that does not fit is refused, and nothing is written', async () => {
  const before = (await listAudit(app)).length
  const findCode = (key: string, language: string, text: string) =>
    word(key, language, text).then(
      () => 'taken',
      ({ code }) => code.replace('errormessage.', ''),
    )
  assert.equal(await findCode(notFound, 'de', 'Weg.'), 'text.placeholdersDiffer')
  assert.equal(await findCode(notFound, 'de', '{0} {traceId}'), 'text.placeholdersDiffer')
  assert.equal(await findCode(notFound, 'de', '{0, plural, other {#}}'), 'text.placeholdersDiffer')
  assert.equal(await findCode(notFound, 'de', '  '), 'validation.required')
  assert.equal(await findCode(notFound, 'de', `{0}${'x'.repeat(500)}`), 'validation.maxLength')
  assert.equal(await findCode('mailtext.newKey.subject', 'de', '{0} {1}\r\nBcc: a@b.example'), 'validation.pattern')
  assert.equal(await findCode('errormessage.no.such', 'de', 'x'), 'text.notFound')
  assert.equal(await findCode('toString', 'de', 'x'), 'text.notFound')
  for (const language of ['xx', 'de-AT', '', '__proto__']) {
    assert.equal(await findCode(notFound, language, '{0}'), 'validation.enum', language)
  }
  await assert.rejects(
    app.write((work) => removeOverride(work, { key: notFound, language: 'de' })),
    { code: 'errormessage.text.notFound' },
  )
  assert.equal((await listAudit(app)).length, before)
})

test('another tenant keeps its words', async () => {
  await word(notFound, 'de', 'Nur hier: {0}.')
  await until('Nur hier: 4711.', () => refusal('de'))
  assert.equal(await refusal('de', app, app.stranger), 'Der Kunde 4711 wurde nicht gefunden.')
  assert.deepEqual(await app.read(listOwnTexts, app.stranger), [])
})

test('another process receives the notification of a change', async () => {
  assert.equal(await refusal('de', second), 'Der Kunde 4711 wurde nicht gefunden.')
  await word(notFound, 'de', 'Neu: {0}.')
  await until('Neu: 4711.', () => refusal('de', second))
  await word(notFound, 'de', 'Neuer: {0}.')
  await until('Neuer: 4711.', () => refusal('de', second))
})

test('answers that succeed never ask for words, refusals once', async () => {
  const countReads = async (calls: () => Promise<unknown>) => {
    const before = reads
    await calls()
    return reads - before
  }
  const fine = () => app.get('/v1/studios/tags')
  assert.equal(await countReads(() => Promise.all(Array.from({ length: 10 }, fine))), 0)
  const refusals = () => Promise.all(Array.from({ length: 10 }, () => refusal('de')))
  assert.equal(await countReads(refusals), 1)
  assert.equal(await countReads(refusals), 0)
  real.pass({ seconds: 61 })
  assert.equal(await countReads(refusals), 1, 'in case a notification was lost')
})

test('a database in trouble costs the tenant its words, not the caller the answer', async () => {
  const rename = (from: string, to: string) =>
    asSuperuser(app.url, (client) => client.query(`alter table ${from} rename to ${to}`))
  await rename('text_overrides', 'hidden')
  try {
    assert.equal(await refusal('de'), 'Der Kunde 4711 wurde nicht gefunden.')
  } finally {
    await rename('hidden', 'text_overrides')
  }
  await app.write(({ tx, now }) =>
    tx
      .insert(textOverrides)
      .values({ key: notFound, language: 'de', text: 'Weg: {0}', createdAt: now, updatedAt: now }),
  )
  assert.equal(await refusal('de'), 'Der Kunde 4711 wurde nicht gefunden.', 'not asked again at once')
  real.pass({ seconds: 1 })
  await until('Weg: 4711', () => refusal('de'))
})

test('every change leaves an audit line with the old words and the new; what is the same already is no change', async () => {
  const known = (await listAudit(app)).length
  await word(notFound, 'de', "  Can't find {0}. ")
  await word(notFound, 'de', 'Can’t find {0}.')
  assert.deepEqual(await app.read(listOwnTexts), [
    { key: notFound, language: 'de', text: 'Can’t find {0}.', catalogue: 'Der Kunde {0} wurde nicht gefunden.' },
  ])
  await app.write((work) => removeOverride(work, { key: notFound, language: 'DE' }))
  const lines = (await listAudit(app)).slice(known)
  const name = `${notFound} de`
  assert.deepEqual(
    lines.map(({ action, diff }) => [action, diff]),
    [
      ['text.overridden', { [name]: [null, 'Can’t find {0}.'] }],
      ['text.restored', { [name]: ['Can’t find {0}.', null] }],
    ],
  )
})
