import type { SmtpServer } from '../mail/smtp.ts'
import { chooseDemo, chooseSecrets, type DemoChoice } from './demo-choice.ts'
import {
  addressRanges,
  ConfigError,
  flagOr,
  integer,
  list,
  mailAddress,
  mailServer,
  choice,
  hostName,
  origins,
  type Read,
  choices,
  text,
  webAddress,
} from './setting-readers.ts'

import { type Extension, knownExtensions, usualDocuments } from '../uploads/type-rules.ts'

/** Everything an operator can set, read once at start from the environment; see `docs/configuration.md`. */
export interface Config {
  /** Connection string of an external PostgreSQL; absent means that the bundled one is started in `dataDir`. */
  readonly databaseUrl: string | undefined
  readonly dataDir: string
  /** Where copies of the bundled PostgreSQL's programs go when it may not enter the project's folder. */
  readonly cacheDir: string | undefined
  readonly host: string
  readonly port: number
  /** Base of absolute links, without a slash at its end; port 0 stands for the one that is bound. */
  readonly publicUrl: string
  /** The host at whose root the payment gateway is mounted, beside its path below every other one. */
  readonly paymentHost: string | undefined
  /** Whether an operator has named `publicUrl`; otherwise it follows the port that is bound. */
  readonly hasPublicUrl: boolean
  /** The first key encrypts and signs, all of them decrypt and verify. */
  readonly secretKeys: readonly [string, ...string[]]
  readonly demo: boolean
  /** Why this is a demo: a demo by silence serves no database that holds anything else. */
  readonly demoChoice: DemoChoice
  readonly testClock: boolean
  readonly rateLimitStore: 'memory' | 'postgres'
  /** Requests per minute, activation and operation. */
  readonly rateLimitDefault: number
  readonly storage: 'fs' | 'db' | 's3'
  /** Where and how files are kept with `storage` s3. */
  readonly s3: S3Settings
  readonly uploadMaxMb: number
  /** File extensions that documents of customers may have. */
  readonly documentTypes: readonly Extension[]
  readonly webhookAllowCidrs: readonly string[]
  readonly webhookTimeoutMs: number
  readonly webhookRetry: 'standard' | 'none' | 'exponential'
  readonly tenantHosts: 'off' | 'strict'
  readonly trustedProxies: readonly string[]
  readonly corsOrigins: readonly string[]
  /** Where mails are handed in; absent: a folder in the demo, elsewhere they wait. */
  readonly smtpServer: SmtpServer | undefined
  /** The address that mails come from. */
  readonly mailFrom: string
  /** Where the API of Stripe answers instead of Stripe's own address: a proxy, or a stand-in. */
  readonly stripeApi: string | undefined
  readonly logLevel: string
  /** How long `/readyz` fails before the port is given up, in milliseconds; Ctrl-C does not wait. */
  readonly stopDelayMs: number
  readonly metricsToken: string | undefined
  readonly databaseConnections: number
  /** Transactions of one tenant's billing run that one process has open at once. */
  readonly billingWorkersPerTenant: number
  /** How long rows of the audit log are kept. */
  readonly auditRetentionYears: number
}

/** Without key and secret those of the machine's role are used. */
export interface S3Settings {
  readonly bucket: string | undefined
  /** Absent: Amazon's own, of the region. */
  readonly endpoint: string | undefined
  readonly region: string
  readonly accessKeyId: string | undefined
  readonly secretAccessKey: string | undefined
}

type Environment = Readonly<Record<string, string | undefined>>

const PREFIX = 'PALESTRA_'

/** Reads and checks all `PALESTRA_` variables; an unknown one stops the start, because it is most likely a typing error. */
export function readConfig(environment: Environment): Config {
  const known = new Set<string>()
  const read = <T>(name: string, as: Read<T>): T => {
    known.add(PREFIX + name)
    return as(environment[PREFIX + name], PREFIX + name)
  }
  const port = read('PORT', integer(8080, 0, 65_535))
  const wantedUrl = read('PUBLIC_URL', webAddress)
  const publicUrl = wantedUrl ?? `http://localhost:${port}`
  const hasSecret = environment[`${PREFIX}SECRET_KEY`] !== undefined
  const facts = {
    demo: read('DEMO', flagOr(undefined)),
    hasSecret,
    databaseUrl: read('DATABASE_URL', text) ?? text(environment['DATABASE_URL'], 'DATABASE_URL'),
    host: read('HOST', text) ?? '127.0.0.1',
    publicUrl,
    storage: read('STORAGE', choice('fs', 'db', 's3')),
    hasMailServer: read('SMTP_URL', text) !== undefined,
    tenantHosts: read('TENANT_HOSTS', choice('off', 'strict')),
    paymentHost: read('PAYMENT_HOST', hostName),
    trustedProxies: read('TRUSTED_PROXIES', addressRanges),
  }
  const demoChoice = chooseDemo(facts)
  const demo = demoChoice !== undefined
  const { databaseUrl, host, storage, tenantHosts, trustedProxies, paymentHost } = facts
  const config: Config = {
    databaseUrl,
    dataDir: read('DATA_DIR', text) ?? './data',
    cacheDir: read('CACHE_DIR', text),
    host,
    port,
    publicUrl,
    paymentHost,
    hasPublicUrl: wantedUrl !== undefined,
    secretKeys: chooseSecrets(read('SECRET_KEY', list), facts),
    demo,
    demoChoice,
    testClock: read('TEST_CLOCK', flagOr(demo)),
    rateLimitStore: read('RATELIMIT_STORE', choice('memory', 'postgres')),
    rateLimitDefault: read('RATELIMIT_DEFAULT', integer(1000, 1, 1_000_000)),
    storage,
    s3: {
      bucket: read('S3_BUCKET', text),
      endpoint: read('S3_ENDPOINT', webAddress),
      region: read('S3_REGION', text) ?? 'us-east-1',
      accessKeyId: read('S3_ACCESS_KEY_ID', text),
      secretAccessKey: read('S3_SECRET_ACCESS_KEY', text),
    },
    uploadMaxMb: read('UPLOAD_MAX_MB', integer(25, 1, 1000)),
    documentTypes: read('DOCUMENT_TYPES', choices(usualDocuments, knownExtensions)),
    webhookAllowCidrs: read('WEBHOOK_ALLOW_CIDRS', addressRanges),
    webhookTimeoutMs: read('WEBHOOK_TIMEOUT_MS', integer(5000, 100, 60_000)),
    webhookRetry: read('WEBHOOK_RETRY', choice('standard', 'none', 'exponential')),
    tenantHosts,
    trustedProxies,
    corsOrigins: read('CORS_ORIGINS', origins),
    smtpServer: read('SMTP_URL', mailServer),
    mailFrom: read('MAIL_FROM', mailAddress) ?? `no-reply@${new URL(publicUrl).hostname}`,
    stripeApi: read('STRIPE_API', webAddress),
    logLevel: read('LOG_LEVEL', choice('info', 'fatal', 'error', 'warn', 'debug', 'trace', 'silent')),
    stopDelayMs: read('STOP_DELAY_MS', integer(2000, 0, 60_000)),
    metricsToken: read('METRICS_TOKEN', text),
    databaseConnections: read('DATABASE_CONNECTIONS', integer(20, 2, 500)),
    billingWorkersPerTenant: read('BILLING_WORKERS_PER_TENANT', integer(4, 1, 50)),
    auditRetentionYears: read('AUDIT_RETENTION_YEARS', integer(10, 1, 100)),
  }
  refuseUnknown(environment, known)
  refuseContradictions(config)
  return Object.freeze(config)
}

function refuseContradictions(config: Config) {
  if (config.testClock && !config.demo) {
    throw new ConfigError(
      'PALESTRA_TEST_CLOCK moves the time of real contracts; it is only allowed with PALESTRA_DEMO=true.',
    )
  }
  if (config.storage === 's3' && config.s3.bucket === undefined) {
    throw new ConfigError('PALESTRA_S3_BUCKET is required with PALESTRA_STORAGE=s3.')
  }
  if ((config.s3.accessKeyId === undefined) !== (config.s3.secretAccessKey === undefined)) {
    throw new ConfigError('PALESTRA_S3_ACCESS_KEY_ID and PALESTRA_S3_SECRET_ACCESS_KEY belong together.')
  }
}

function refuseUnknown(environment: Environment, known: ReadonlySet<string>) {
  const unknown = Object.keys(environment).find((name) => name.startsWith(PREFIX) && !known.has(name))
  if (unknown !== undefined) {
    throw new ConfigError(`${unknown} is not a setting of Palestra. Known settings: ${[...known].sort().join(', ')}.`)
  }
}
