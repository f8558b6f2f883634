import { usualDocuments } from '../uploads/type-rules.ts'
import { test } from 'node:test'
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readConfig } from './config.ts'
import { completeEnvironment } from './environment.ts'

const secret = 'a-secret-of-at-least-thirty-two-bytes'
const read = (settings: Record<string, string>) =>
  readConfig(Object.fromEntries(Object.entries(settings).map(([name, value]) => [`PALESTRA_${name}`, value])))
const real = (settings: Record<string, string> = {}) => read({ SECRET_KEY: secret, ...settings })

test('without settings the defaults of the documentation hold', () => {
  const { secretKeys, ...rest } = real()
  assert.deepEqual(secretKeys, [secret])
  assert.deepEqual(rest, {
    databaseUrl: undefined,
    dataDir: './data',
    cacheDir: undefined,
    host: '127.0.0.1',
    port: 8080,
    publicUrl: 'http://localhost:8080',
    paymentHost: undefined,
    hasPublicUrl: false,
    demo: false,
    demoChoice: undefined,
    testClock: false,
    rateLimitStore: 'memory',
    rateLimitDefault: 1000,
    storage: 'fs',
    s3: {
      bucket: undefined,
      endpoint: undefined,
      region: 'us-east-1',
      accessKeyId: undefined,
      secretAccessKey: undefined,
    },
    uploadMaxMb: 25,
    mailFrom: 'no-reply@localhost',
    smtpServer: undefined,
    documentTypes: [...usualDocuments],
    webhookAllowCidrs: [],
    webhookTimeoutMs: 5000,
    webhookRetry: 'standard',
    tenantHosts: 'off',
    trustedProxies: [],
    corsOrigins: [],
    stripeApi: undefined,
    logLevel: 'info',
    stopDelayMs: 2000,
    metricsToken: undefined,
    databaseConnections: 20,
    billingWorkersPerTenant: 4,
    auditRetentionYears: 10,
  })
})

test('a variable that nobody knows stops the start by its name', () => {
  assert.throws(() => real({ RATELIMT_STORE: 'memory' }), /PALESTRA_RATELIMT_STORE is not a setting/)
  assert.doesNotThrow(() => readConfig({ PALESTRA_SECRET_KEY: secret, PATH: '/bin', OTHER: 'x' }))
})

const impossible: Readonly<Record<string, readonly string[]>> = {
  PORT: ['-1', '65536', 'http', '80.5'],
  STRIPE_API: ['api.stripe.com', 'ftp://api.stripe.com'],
  PUBLIC_URL: ['gym.example', 'ftp://gym.example', 'https://gym.example/?a=b'],
  PAYMENT_HOST: ['https://pay.gym.example', 'pay.gym.example/pay', 'pay gym', 'pay.gym.example:port', '*.gym.example'],
  SECRET_KEY: ['too short', `${secret},too short`],
  DEMO: ['yes', '1'],
  RATELIMIT_STORE: ['redis'],
  RATELIMIT_DEFAULT: ['0', 'many'],
  STORAGE: ['disk'],
  TENANT_HOSTS: ['on'],
  WEBHOOK_RETRY: ['forever'],
  WEBHOOK_TIMEOUT_MS: ['soon'],
  WEBHOOK_ALLOW_CIDRS: ['10.0.0.0/33', 'inside'],
  TRUSTED_PROXIES: ['10.0.0.0/33', 'proxy.example', '10.0.0.1,*'],
  CORS_ORIGINS: ['*', 'gym.example', 'https://gym.example/path'],
  LOG_LEVEL: ['loud'],
  UPLOAD_MAX_MB: ['0'],
}
for (const [name, values] of Object.entries(impossible)) {
  test(`${name} cannot be ${values.join(' or ')}`, () => {
    for (const value of values) {
      assert.throws(() => real({ [name]: value }), { name: 'ConfigError', message: new RegExp(`PALESTRA_${name}\\b`) })
    }
  })
}

test('outside the demo a secret is required, and the clock cannot be moved', () => {
  assert.throws(() => read({ DEMO: 'false' }), /PALESTRA_SECRET_KEY is required/)
  assert.throws(() => real({ TEST_CLOCK: 'true' }), /PALESTRA_TEST_CLOCK/)
})

test('of several secrets the first is used for what is new, and none is lost', () => {
  assert.deepEqual(real({ SECRET_KEY: `${secret}-2, ${secret}-1` }).secretKeys, [`${secret}-2`, `${secret}-1`])
})

test('links begin with the public address, without a slash at its end', () => {
  assert.equal(real({ PUBLIC_URL: 'https://api.gym.example/' }).publicUrl, 'https://api.gym.example')
  assert.equal(real({ PORT: '9090' }).publicUrl, 'http://localhost:9090')
})

test('a value may stand in a file that the variable with _FILE names', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'palestra-settings-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const file = join(folder, 'secret_key')
  writeFileSync(file, `${secret}\n`)
  const inFile = { PALESTRA_SECRET_KEY_FILE: file }
  assert.deepEqual(completeEnvironment(inFile), { PALESTRA_SECRET_KEY: secret })
  assert.deepEqual(completeEnvironment({ DATABASE_URL_FILE: file, PALESTRA_DEMO: 'true' }), {
    DATABASE_URL: secret,
    PALESTRA_DEMO: 'true',
  })
  assert.throws(() => completeEnvironment({ ...inFile, PALESTRA_SECRET_KEY: secret }), /both set/)
  assert.throws(() => completeEnvironment({ PALESTRA_SECRET_KEY_FILE: `${file}.gone` }), /SECRET_KEY_FILE: ENOENT/)
  assert.throws(() => readConfig(completeEnvironment({ PALESTRA_DEMO_KEY_FILE: file })), /PALESTRA_DEMO_KEY is not/)
})
