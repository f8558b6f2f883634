import { isIP } from 'node:net'
import { ConfigError } from './setting-readers.ts'

/** The root key of a demo without a secret of its own. Everybody knows it, so it is refused as a secret. */
export const DEMO_SECRET = 'palestra-demo-secret-key-not-for-production'
const SHORTEST_SECRET = 32

/** Why a process is in demo mode: an operator asked for it, or said nothing about a real installation. */
export type DemoChoice = 'asked' | 'silence' | undefined

/** What decides about demo mode, as read from the environment. */
export interface DemoFacts {
  /** `PALESTRA_DEMO`; undefined when it is blank. */
  readonly demo: boolean | undefined
  /** Whether there is a `PALESTRA_SECRET_KEY`. A blank one counts: an empty file or variable stood for a secret. */
  readonly hasSecret: boolean
  readonly databaseUrl: string | undefined
  readonly host: string
  readonly publicUrl: string
  readonly storage: string
  readonly hasMailServer: boolean
  readonly tenantHosts: string
  readonly paymentHost: string | undefined
  readonly trustedProxies: readonly string[]
}

/**
 * Demo mode by `PALESTRA_DEMO=true`, or by silence: no setting says that this is a real installation. What the database
 * holds is checked later: a demo by silence serves an empty database or the demo only.
 */
export function chooseDemo(facts: DemoFacts): DemoChoice {
  if (facts.demo !== undefined) return facts.demo ? 'asked' : undefined
  return facts.hasSecret || findSignOfReality(facts) !== undefined ? undefined : 'silence'
}

/** The first setting that only a real installation needs, as it stands in the sentence that refuses a start. */
export function findSignOfReality(facts: DemoFacts): string | undefined {
  const signs: readonly (readonly [boolean, string])[] = [
    [facts.demo === false, 'PALESTRA_DEMO is false'],
    [facts.databaseUrl !== undefined, 'PALESTRA_DATABASE_URL is set'],
    [!isLoopback(facts.host), `PALESTRA_HOST is ${facts.host}, which is not this machine alone`],
    [!isLoopbackUrl(facts.publicUrl), 'PALESTRA_PUBLIC_URL leads to this server from elsewhere'],
    [facts.storage !== 'fs', `PALESTRA_STORAGE is ${facts.storage}`],
    [facts.hasMailServer, 'PALESTRA_SMTP_URL is set'],
    [facts.tenantHosts !== 'off', `PALESTRA_TENANT_HOSTS is ${facts.tenantHosts}`],
    [
      !isLoopbackUrl(`http://${facts.paymentHost ?? 'localhost'}`),
      'PALESTRA_PAYMENT_HOST leads to this server from elsewhere',
    ],
    [facts.trustedProxies.length > 0, 'PALESTRA_TRUSTED_PROXIES is set'],
  ]
  return signs.find(([holds]) => holds)?.[1]
}

/** The keys of `PALESTRA_SECRET_KEY`, or that of the demo; a start that would serve without a secret is refused. */
export function chooseSecrets(keys: readonly string[], facts: DemoFacts): readonly [string, ...string[]] {
  const [first, ...rest] = keys
  if (first === undefined) {
    if (chooseDemo(facts) !== undefined) return [DEMO_SECRET]
    const sign = findSignOfReality(facts)
    const reason = sign === undefined ? '' : `, because ${sign}`
    throw new ConfigError(
      `PALESTRA_SECRET_KEY is required (at least ${SHORTEST_SECRET} characters)${reason}; PALESTRA_DEMO=true starts a demo with published keys without it.`,
    )
  }
  if (keys.some(isPublished)) {
    throw new ConfigError(
      'PALESTRA_SECRET_KEY must not list the secret of the demo, which is published: choose another.',
    )
  }
  if (keys.some((key) => Buffer.byteLength(key) < SHORTEST_SECRET)) {
    throw new ConfigError(`PALESTRA_SECRET_KEY must have at least ${SHORTEST_SECRET} characters.`)
  }
  return [first, ...rest]
}

/** Also with quotes, blanks or capitals that a shell or an editor has added. */
function isPublished(key: string): boolean {
  return key.toLowerCase().replaceAll(/[^a-z]/g, '') === DEMO_SECRET.replaceAll('-', '')
}

/** Whether an address to listen on can be reached from this machine only. A name may lead anywhere, except `localhost`. */
export function isLoopback(host: string): boolean {
  const name = host.toLowerCase().replace(/^\[(.*)\]$/, '$1')
  if (name === 'localhost') return true
  if (isIP(name) === 4) return name.startsWith('127.')
  // The URL parser writes every IPv6 address in its one short form; the second is an IPv4 address in it.
  return (
    isIP(name) === 6 &&
    !name.includes('%') &&
    /^\[(::1|::ffff:7f[0-9a-f]{2}:[0-9a-f]{1,4})\]$/.test(new URL(`http://[${name}]`).hostname)
  )
}

function isLoopbackUrl(url: string): boolean {
  return isLoopback(new URL(url).hostname)
}

/** Whether a page with this `Origin` was served by this machine, on whatever port. */
export function isLoopbackOrigin(origin: string): boolean {
  return /^https?:\/\//.test(origin) && URL.canParse(origin) && isLoopbackUrl(origin)
}

/** The warning at each start for the operator of a demo that others may reach; undefined when they may not. */
export function warnOfPublicDemo(host: string, publicUrl: string): string | undefined {
  if (isLoopback(host) && isLoopbackUrl(publicUrl)) return undefined
  const where = isLoopback(host) ? publicUrl : `PALESTRA_HOST=${host}`
  return `WARNING: this is a demo with published keys, and others can reach it (${where}). Never store anything about real people in it.`
}
