import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readConfig } from './config.ts'
import { DEMO_SECRET, isLoopback, warnOfPublicDemo } from './demo-choice.ts'

const secret = 'a-secret-of-at-least-thirty-two-bytes'
const read = (settings: Readonly<Record<string, string>>) =>
  readConfig(
    Object.fromEntries(
      Object.entries(settings).map(([name, value]) => [name === 'DATABASE_URL' ? name : `PALESTRA_${name}`, value]),
    ),
  )
const isDemo = (settings: Readonly<Record<string, string>>) => {
  const { demo, testClock, secretKeys } = read(settings)
  assert.equal(testClock, demo)
  return demo && secretKeys[0] === DEMO_SECRET
}

/** Settings of a developer who tries Palestra out: none of them says that it is meant for real. */
const trials: readonly Readonly<Record<string, string>>[] = [
  {},
  { DEMO: 'true' },
  { DEMO: '' },
  { PORT: '9090', DATA_DIR: '/tmp/x', LOG_LEVEL: 'debug', CORS_ORIGINS: 'http://localhost:3000' },
  { HOST: 'localhost' },
  { HOST: '127.9.9.9' },
  { HOST: '::1' },
  { HOST: '' },
  { PUBLIC_URL: 'http://127.0.0.1:9090' },
  { PUBLIC_URL: 'http://[::1]:9090' },
  { PAYMENT_HOST: 'localhost:9090' },
  { DATABASE_URL: '' },
  { STORAGE: 'fs', SMTP_URL: '', PUBLIC_URL: '' },
]
for (const settings of trials) {
  test(`the demo starts with ${JSON.stringify(settings)}, and its clock can be moved`, () => {
    assert.equal(isDemo(settings), true)
  })
}

const forgotten: readonly Readonly<Record<string, string>>[] = [
  { DATABASE_URL: 'postgresql://db.internal/palestra' },
  { DATABASE_URL: 'postgresql://127.0.0.1/palestra' },
  { HOST: '0.0.0.0' },
  { HOST: '::' },
  { HOST: '::ffff:0.0.0.0' },
  { HOST: '10.0.0.4' },
  { HOST: 'gym.example' },
  { HOST: 'localhost.gym.example' },
  { PUBLIC_URL: 'https://gym.example' },
  { PUBLIC_URL: 'http://127.0.0.1.gym.example' },
  { PAYMENT_HOST: 'pay.gym.example' },
  { STORAGE: 'db' },
  { STORAGE: 's3', S3_BUCKET: 'files' },
  { SMTP_URL: 'smtps://user:password@mail.example:465' },
  { TENANT_HOSTS: 'strict' },
  { TRUSTED_PROXIES: '10.0.0.1' },
  { DEMO: 'false' },
  { SECRET_KEY: '' },
  { SECRET_KEY: ' , ' },
]
for (const settings of forgotten) {
  test(`without a secret no start with ${JSON.stringify(settings)}, unless a demo is asked for`, () => {
    assert.throws(() => read(settings), { name: 'ConfigError', message: /^PALESTRA_SECRET_KEY is required/ })
    if (settings['DEMO'] === undefined) assert.equal(isDemo({ ...settings, DEMO: 'true' }), true)
    assert.equal(read({ ...settings, SECRET_KEY: secret }).demo, false)
  })
}

test('the published secret of the demo is no secret, however it is written', () => {
  for (const written of [
    DEMO_SECRET,
    ` ${DEMO_SECRET} `,
    DEMO_SECRET.toUpperCase(),
    `"${DEMO_SECRET}"`,
    `${secret},${DEMO_SECRET}`,
    `${DEMO_SECRET} ,${secret}`,
    DEMO_SECRET.replaceAll('-', ' - '),
  ]) {
    for (const demo of ['true', 'false']) {
      assert.throws(() => read({ SECRET_KEY: written, DEMO: demo }), /must not list the secret of the demo/)
    }
  }
  assert.deepEqual(read({ SECRET_KEY: secret, DEMO: 'true' }).secretKeys, [secret])
})

test('the clock of a demo stands still where an operator says so', () => {
  assert.equal(read({ TEST_CLOCK: 'false' }).testClock, false)
})

test('only addresses of this machine are loopback', () => {
  for (const host of ['127.0.0.1', 'LOCALHOST', '[::1]', '0:0:0:0:0:0:0:1', '::ffff:127.0.0.1']) {
    assert.equal(isLoopback(host), true, host)
  }
  for (const host of [
    '0.0.0.0',
    '::',
    '128.0.0.1',
    'fe80::1%eth0',
    '::ffff:10.0.0.1',
    '127.0.0.1.example',
    '::7f00:1',
  ]) {
    assert.equal(isLoopback(host), false, host)
  }
})

test('a demo that others can reach warns of itself', () => {
  assert.equal(warnOfPublicDemo('127.0.0.1', 'http://localhost:8080'), undefined)
  assert.match(warnOfPublicDemo('0.0.0.0', 'http://localhost:8080') ?? '', /published keys.*PALESTRA_HOST=0\.0\.0\.0/)
  assert.match(warnOfPublicDemo('127.0.0.1', 'https://gym.example') ?? '', /published keys.*https:\/\/gym\.example/)
})
