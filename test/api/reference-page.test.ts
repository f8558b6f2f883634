import assert from 'node:assert/strict'
import { hash } from 'node:crypto'
import { after, before, test } from 'node:test'
import { gunzipSync } from 'node:zlib'
import { openTestApp, type TestApp } from '../support/app.ts'

let app: TestApp
before(async () => {
  app = await openTestApp()
})
after(() => app.close())

test('the reference stands at /docs, names every document, and all that its page loads comes from here', async () => {
  const get = (url: string, headers = {}) => app.app.server.inject({ method: 'GET', url, headers })
  const page = await get('/docs')
  assert.deepEqual([page.statusCode, page.headers['x-frame-options']], [200, 'DENY'])
  assert.match(page.body, /<title>Palestra API<\/title>/)
  assert.equal((await get('/docs/')).body, page.body)
  for (const [, url = ''] of page.body.matchAll(/<a href="([^"]+)"/g))
    assert.equal((await get(url)).statusCode, 200, url)
  const [, icon = ''] = /<link rel="icon" href="([^"]+)"/.exec(page.body) ?? []
  assert.equal((await get(icon)).headers['content-type'], 'image/svg+xml')
  const [, script = ''] = /<script src="([^"]+)"/.exec(page.body) ?? []
  const loaded = await get(script)
  assert.deepEqual([loaded.statusCode, loaded.headers['content-type']], [200, 'text/javascript; charset=utf-8'], script)
  assert.ok(script.includes(hash('sha256', loaded.rawPayload).slice(0, 12)), 'its name changes with its content')
  assert.match(String(loaded.headers['cache-control']), /immutable/)
  assert.doesNotMatch(loaded.body, /console\.(?:info|log|debug)\(.@scalar/, 'the console stays empty')
  const small = await get(script, { 'accept-encoding': 'gzip' })
  assert.equal(small.headers['content-encoding'], 'gzip')
  assert.equal(gunzipSync(small.rawPayload).toString(), loaded.body)
  assert.equal((await get('/docs/assets/reference-000000000000.js')).statusCode, 401)
  assert.equal((await get('/docs/nothing')).statusCode, 401)
})

test('the reference of a demo has its key filled in, that of another server has none', async () => {
  const read = async (demo: TestApp) => (await demo.app.server.inject({ url: '/docs' })).body
  await using real = await openTestApp({
    environment: { PALESTRA_DEMO: 'false', PALESTRA_TEST_CLOCK: 'false', PALESTRA_SECRET_KEY: 's'.repeat(40) },
  })
  assert.match(await read(app), /pal_in_demoBerlinFull0+/)
  assert.doesNotMatch(await read(real), /pal_in_/)
})

test('the page of the reference runs its own scripts only, and reaches this server only', async () => {
  const page = await app.app.server.inject({ method: 'GET', url: '/docs/' })
  const policy = String(page.headers['content-security-policy'])
  assert.match(policy, /default-src 'none'; script-src 'self' 'sha256-[\w+/=]{44}';/)
  assert.match(policy, /connect-src 'self';.*frame-ancestors 'none'/)
  const [, script = ''] = /<script>([^]*?)<\/script>/.exec(page.payload) ?? []
  assert.ok(policy.includes(`'sha256-${hash('sha256', script, 'base64')}'`), 'the script in the page is allowed')
})
