import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { Script } from 'node:vm'
import { openTestApp, type TestApp } from '../../../test/support/app.ts'
import { allowPayments, browse, card, openPayer } from '../../../test/support/scenes/gateway-scene.ts'
import { configurePayments } from '../settings.ts'

let app: TestApp
before(async () => {
  app = await openTestApp({ environment: { PALESTRA_PAYMENT_HOST: 'pay.gym.example:8443' } })
  await allowPayments(app, { allowedOrigins: ['https://gym.example'] })
})
after(() => app.close())

const load = (path: string, headers: Readonly<Record<string, string>> = {}) => app.sendRaw('GET', path, { headers })
const policy = (headers: Readonly<Record<string, unknown>>) => String(headers['content-security-policy'])
const framedBy = (origin: string, { tenantId, studioId } = app.berlin) =>
  load(`/payment-gateway/pay?tenant=${tenantId}&studio=${studioId}&origin=${encodeURIComponent(origin)}`)

test('the page runs its own programs alone, is kept by nobody, and stands in no frame', async () => {
  const { status, headers, text } = await load('/payment-gateway/pay', { 'accept-language': 'de' })
  assert.equal(status, 200)
  assert.match(policy(headers), /default-src 'none'; script-src 'self';.*frame-ancestors 'none';.*trusted-types 'none'/)
  assert.doesNotMatch(policy(headers), /unsafe|\*|https?:/)
  assert.deepEqual(
    [headers['cache-control'], headers['x-frame-options'], headers['referrer-policy'], headers['content-language']],
    ['no-store', 'DENY', 'no-referrer', 'de'],
  )
  assert.match(text, /<html lang="de">[\s\S]*Wie möchten Sie zahlen\?/)
  assert.match((await load('/payment-gateway/pay?locale=fr-FR')).text, /<html lang="fr">/)
})

test('the page stands in frames of the origin that its studio allows, and of no other', async () => {
  const good = await framedBy('https://gym.example')
  assert.match(policy(good.headers), /frame-ancestors https:\/\/gym\.example;/)
  assert.equal(good.headers['x-frame-options'], undefined)
  const { tenantId } = app.stranger
  const elsewhere = { ...app.berlin, tenantId }
  for (const [origin, studio] of [
    ['https://evil.example', app.berlin],
    ['https://gym.example', app.hamburg],
    ['https://gym.example', elsewhere],
    ['https://*.example', app.berlin],
    ['https://gym.example; script-src *', app.berlin],
    ['https://gym.example/', app.berlin],
    ['null', app.berlin],
  ] as const) {
    const { headers, status } = await framedBy(origin, studio)
    assert.equal(status, 200)
    assert.match(policy(headers), /frame-ancestors 'none'/, origin)
    assert.equal(headers['x-frame-options'], 'DENY')
  }
  for (const query of [
    '?tenant=1',
    '?tenant=x&studio=1&origin=https://gym.example',
    '?tenant=1&tenant=2&studio=3&origin=a',
  ]) {
    assert.match(policy((await load(`/payment-gateway/pay${query}`)).headers), /frame-ancestors 'none'/)
  }
})

test('staff name the origins of websites, and nothing that stands for more than one', async () => {
  const set = (allowedOrigins: string[]) =>
    app.write((work) => configurePayments(work, app.hamburg.studioId, { allowedOrigins }), app.hamburg)
  await set(['https://one.example', 'http://localhost:3000', 'http://[::1]:3000'])
  assert.match(
    policy((await framedBy('https://one.example', app.hamburg)).headers),
    /frame-ancestors https:\/\/one\.example;/,
  )
  for (const origin of [
    '*',
    'https://*.gym.example',
    'https://gym.example/',
    'gym.example',
    'https://a;b',
    'https://GYM.example',
  ]) {
    await assert.rejects(set([origin]), { code: 'errormessage.validation.format' }, origin)
  }
})

test('everything that the page loads is here, has an address of its own, and is kept for good', async () => {
  const { text } = await load('/payment-gateway/pay')
  const addresses = [...text.matchAll(/(?:href|src)="([^"]+)"/g)].map(([, address = '']) => address)
  assert.ok(addresses.length > 8)
  for (const address of addresses) {
    const { status, headers } = await load(`/payment-gateway/${address}`)
    assert.equal(status, 200, address)
    assert.match(String(headers['cache-control']), /max-age=31536000, immutable/)
    assert.match(String(headers['content-type']), /^text\/(?:javascript|css); charset=utf-8$/)
  }
  const [first = ''] = addresses
  assert.equal((await load(`/payment-gateway/${first.replace(/\w{12}/, 'x'.repeat(12))}`)).status, 404)
  assert.equal((await load(`/payment-gateway/${first.replace('page.css', 'types.d.ts')}`)).status, 404)
  assert.match((await load('/payment-gateway/pay/')).text, /href="\.\.\/assets\//)
})

test('no program of the page names another host or imports a file that is not there', () => {
  const folder = new URL('browser/', import.meta.url)
  const names = readdirSync(folder)
  for (const name of names.filter((each) => /\.(?:js|css)$/.test(each))) {
    const text = readFileSync(new URL(name, folder), 'utf8')
    assert.deepEqual(text.match(/https?:\/\/(?!www\.w3\.org\/2000\/svg)[^\s'"`]*/g), null, name)
    for (const [, target = ''] of text.matchAll(/^import .* from '\.\/([^']+)'/gm))
      assert.ok(names.includes(target), target)
    assert.doesNotMatch(text, /innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(/)
  }
})

test('the script for websites is one plain file that every origin may load', async () => {
  const { headers, text } = await load('/payment-gateway/widget.js')
  assert.equal(headers['access-control-allow-origin'], '*')
  assert.equal(headers['cross-origin-resource-policy'], 'cross-origin')
  assert.equal(headers['cache-control'], 'public, max-age=300')
  assert.ok(new Script(text, { filename: 'widget.js' }))
})

test('a session names its page, and the host of payers has the gateway at its root and nothing else', async () => {
  const { body } = await app.post('/v1/payments/user-session', { scope: 'ECOM', amount: 20, referenceText: 'Fee' })
  assert.equal(body.hostedPaymentPageUrl, `http://pay.gym.example:8443/pay#${body.token}`)
  assert.equal(body.finionPayRegion, 'EU')
  const host = { host: 'pay.gym.example:8443' }
  assert.equal((await load('/pay', host)).status, 200)
  assert.equal((await load('/widget.js', host)).status, 200)
  const session = { 'x-user-payment-session-token': body.token }
  const at = (path: string, headers: Readonly<Record<string, string>>) => app.app.server.inject({ url: path, headers })
  assert.equal((await at('/api/v1/session', { ...host, ...session })).statusCode, 200)
  assert.equal((await at('/payment-gateway/api/v1/session', { ...host, ...session })).statusCode, 200)
  assert.equal((await at('/api/v1/session', session)).statusCode, 401)
  for (const path of ['/docs', '/healthz', '/', '/openapi.json', '/v1/customers/1']) {
    assert.equal((await at(path, { ...host, 'x-api-key': app.berlin.key })).statusCode, 404, path)
  }
})

test('the page may call the gateway by whatever name the payer has found this server', async () => {
  const payer = await openPayer(app, { scope: 'ECOM', amount: 20 })
  const from = (origin: string) => payer.send('POST', '/payment-requests', undefined, { origin, host: 'gym.internal' })
  assert.equal((await from('http://gym.internal')).status, 200)
  assert.equal((await from('http://other.internal')).status, 403)
})

test('a browser on a website of the studio asks beforehand, and may send the token of a session', async () => {
  const origin = 'https://gym.example'
  const asked = await app.app.server.inject({
    method: 'OPTIONS',
    url: '/payment-gateway/api/v1/session',
    headers: { origin, 'access-control-request-method': 'GET' },
  })
  assert.equal(asked.statusCode, 204)
  assert.equal(asked.headers['access-control-allow-origin'], origin)
  assert.match(String(asked.headers['access-control-allow-headers']), /x-user-payment-session-token/)
  const payer = await openPayer(app, { scope: 'ECOM', amount: 20 })
  const { status, headers } = await payer.send('GET', '/session', undefined, { origin })
  assert.deepEqual([status, headers['access-control-allow-origin']], [200, origin])
})

test('a session shows the request that its payer has begun, with its token, to him alone', async () => {
  const payer = await openPayer(app, { scope: 'ECOM', amount: 20 })
  const begun = async () => (await payer.send('GET', '/session')).body.paymentRequest
  assert.equal(await begun(), undefined)
  const failed = await payer.pay(card('4000000000000002'))
  assert.equal(failed.answer.body.status, 'FAILED')
  assert.equal(await begun(), undefined)
  const { body: opened } = await payer.send('POST', '/payment-requests')
  assert.deepEqual(await begun(), { token: opened.token, status: 'CREATED' })
  const waiting = await payer.pay({ paymentMethod: 'PAYPAL' })
  assert.equal((await begun()).token, waiting.token)
  const paid = await payer.pay(card('4242424242424242'))
  const { token, status, paymentInstrumentDetails } = await begun()
  assert.deepEqual([token, status, paymentInstrumentDetails.last4], [paid.token, 'PREAUTHED', '4242'])
  await payer.send('DELETE', `/payments/${paid.token}`)
  assert.equal((await begun()).token, waiting.token)
  const tokens = [failed.token, opened.token, waiting.token, paid.token]
  assert.equal(new Set(tokens).size, tokens.length)
  for (const each of tokens) assert.match(each, /^[0-9A-Za-z]{54}$/)
  const other = browse(app, (await openPayer(app, { scope: 'ECOM', amount: 20 })).userSessionToken)
  assert.equal((await other.send('GET', '/session')).body.paymentRequest, undefined)
})

test('requests that are begun at once have tokens of their own', async () => {
  const payer = await openPayer(app, { scope: 'ECOM', amount: 20 })
  const opened = await Promise.all(Array.from({ length: 6 }, () => payer.send('POST', '/payment-requests')))
  assert.deepEqual(
    opened.map(({ status }) => status),
    Array(6).fill(200),
  )
  assert.equal(new Set(opened.map(({ body }) => body.token)).size, 6)
})

test('the sandbox leads back to the page and to no other address', async () => {
  const payer = await openPayer(app, { scope: 'ECOM', amount: 20 })
  const { answer } = await payer.pay({ paymentMethod: 'PAYPAL' })
  const path = new URL(answer.body.nextAction.url).pathname
  assert.match(answer.body.nextAction.url, /^http:\/\/pay\.gym\.example:8443\/sandbox\//)
  const decide = (back: string) =>
    app.sendRaw('POST', `/payment-gateway${path}/approve?back=${encodeURIComponent(back)}`, {})
  for (const back of ['/pay', '/payment-gateway/pay']) {
    const { status, headers } = await decide(back)
    assert.deepEqual([status, headers['location']], [303, back])
  }
  for (const back of [
    'https://evil.example',
    '//evil.example/pay',
    '/pay?x=1',
    '/pay#x',
    '/docs',
    '/payment-gateway/payx',
  ]) {
    assert.equal((await decide(back)).status, 200, back)
  }
})
