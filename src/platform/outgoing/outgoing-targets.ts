import { BlockList, isIP } from 'node:net'
import { localUrl } from '../deployment/served-url.ts'

/** Why a call is not made; `ALLOWED` when it is. */
export type TargetVerdict =
  | 'ALLOWED'
  | 'URL_INVALID'
  | 'URL_TOO_LONG'
  | 'USER_INFO'
  | 'NOT_HTTPS'
  | 'NOT_RESOLVED'
  | 'FORBIDDEN_ADDRESS'

/** Which addresses may be called although they are not public. */
export interface TargetPolicy {
  readonly exceptions: BlockList
  /** Where a path without a host leads: this server itself, in a demo. */
  readonly home: string | undefined
}

const LONGEST_URL = 2048

/** The special-purpose registry of IANA, the relay of 6to4, and the address at which one cloud serves its machines. */
const forbiddenV4 = blockList('ipv4', [
  ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12', '192.0.0.0/24'],
  ...['192.0.2.0/24', '192.88.99.0/24', '192.168.0.0/16', '198.18.0.0/15', '198.51.100.0/24', '203.0.113.0/24'],
  ...['224.0.0.0/4', '240.0.0.0/4', '168.63.129.16/32'],
])
/** Everything else of IPv6 is loopback, private, link-local, multicast, mapped, translated or not given out. */
const globalV6 = blockList('ipv6', ['2000::/3'])
/** Tunnels and translations that lead to an IPv4 address of the writer's choice, and documentation. */
const forbiddenV6 = blockList('ipv6', ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'])
const loopback = ['127.0.0.0/8', '::1/128']

interface TargetConfig {
  readonly webhookAllowCidrs: readonly string[]
  readonly demo: boolean
  readonly host?: string
  readonly port?: number
}

/** What the operator opens, and in a demo this machine itself. A malformed range is refused. */
export function targetPolicy(config: TargetConfig): TargetPolicy {
  const exceptions = new BlockList()
  for (const range of config.demo ? [...config.webhookAllowCidrs, ...loopback] : config.webhookAllowCidrs) {
    addRange(exceptions, range)
  }
  const { demo, host, port } = config
  return { exceptions, home: demo && host !== undefined && port !== undefined ? localUrl({ host, port }) : undefined }
}

/** The address as a URL, or what is wrong with its text alone. A path leads to `home`, if there is one. */
export function judgeUrl(text: string, home?: string): URL | TargetVerdict {
  if (text.length > LONGEST_URL) return 'URL_TOO_LONG'
  const base = /^\/(?![/\\])/.test(text) ? home : undefined
  const url = URL.canParse(text, base) ? new URL(text, base) : undefined
  if (!url || url.hostname === '') return 'URL_INVALID'
  if (url.username !== '' || url.password !== '') return 'USER_INFO'
  return url.protocol === 'https:' || url.protocol === 'http:' ? url : 'NOT_HTTPS'
}

/** Whether `url` may be called when its host has these addresses: each of them counts, not only the first. */
export function judgeTarget(url: URL, addresses: readonly string[], policy: TargetPolicy): TargetVerdict {
  if (addresses.length === 0) return 'NOT_RESOLVED'
  for (const address of addresses) {
    if (isException(address, policy)) continue
    if (url.protocol !== 'https:') return 'NOT_HTTPS'
    if (!isPublic(address)) return 'FORBIDDEN_ADDRESS'
  }
  return 'ALLOWED'
}

/** The address that a host name spells out, if it does. The URL parser has already read every odd spelling of it. */
export function literalAddress(hostname: string): string | undefined {
  const bare = hostname.startsWith('[') ? hostname.slice(1, -1) : hostname
  return isIP(bare) === 0 ? undefined : bare
}

function isException(address: string, { exceptions }: TargetPolicy): boolean {
  return exceptions.check(withoutZone(address), isIP(address) === 6 ? 'ipv6' : 'ipv4')
}

// A rule for ::ffff:0:0/96 would match every IPv4 address, so the families are kept apart.
function isPublic(address: string): boolean {
  if (isIP(address) !== 6) return isIP(address) === 4 && !forbiddenV4.check(address, 'ipv4')
  const bare = withoutZone(address)
  return globalV6.check(bare, 'ipv6') && !forbiddenV6.check(bare, 'ipv6')
}

function withoutZone(address: string): string {
  return address.split('%', 1)[0] ?? address
}

function blockList(family: 'ipv4' | 'ipv6', ranges: readonly string[]): BlockList {
  const list = new BlockList()
  for (const range of ranges) {
    const [network = '', bits] = range.split('/')
    list.addSubnet(network, Number(bits), family)
  }
  return list
}

function addRange(list: BlockList, range: string) {
  const [network = '', bits] = range.split('/')
  const family = isIP(network) === 6 ? 'ipv6' : 'ipv4'
  const length = bits === undefined ? (family === 'ipv6' ? 128 : 32) : Number(bits)
  try {
    list.addSubnet(network, length, family)
  } catch {
    throw new Error(`"${range}" is not a range of addresses, such as 10.20.0.0/16.`)
  }
}
