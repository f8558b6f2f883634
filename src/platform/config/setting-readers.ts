import { isIP } from 'node:net'
import { parseSmtpUrl, type SmtpServer } from '../mail/smtp.ts'

/** Names the variable and what is wrong with it; the start stops with this sentence. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}

/** Reads one variable: a blank one counts as absent, an impossible one is refused by its name. */
export type Read<T> = (value: string | undefined, variable: string) => T

export const text: Read<string | undefined> = (value) => (value === undefined || value === '' ? undefined : value)

export const list: Read<readonly string[]> = (value) =>
  (value ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')

export function flagOr<const F extends boolean | undefined>(fallback: F): Read<boolean | F> {
  return (value, variable) => {
    if (value === undefined || value === '') return fallback
    if (value === 'true' || value === 'false') return value === 'true'
    throw new ConfigError(`${variable} must be true or false, not "${value}".`)
  }
}

export function integer(fallback: number, min: number, max: number): Read<number> {
  return (value, variable) => {
    if (value === undefined || value === '') return fallback
    const number = Number(value)
    if (Number.isInteger(number) && number >= min && number <= max) return number
    throw new ConfigError(`${variable} must be a whole number from ${min} to ${max}, not "${value}".`)
  }
}

export function choice<const T extends string>(fallback: T, ...names: readonly T[]): Read<T> {
  return (value, variable) => {
    if (value === undefined || value === '') return fallback
    const found = [fallback, ...names].find((name) => name === value)
    if (found !== undefined) return found
    throw new ConfigError(`${variable} must be one of ${[fallback, ...names].join(', ')}, not "${value}".`)
  }
}

/** Some of the names, separated by commas, in any case. */
export function choices<const T extends string>(fallback: readonly T[], names: readonly T[]): Read<readonly T[]> {
  return (value, variable) => {
    const wanted = list(value, variable).map((each) => each.toLowerCase())
    if (wanted.length === 0) return fallback
    const wrong = wanted.find((each) => !names.some((name) => name === each))
    if (wrong === undefined) return names.filter((name) => wanted.includes(name))
    throw new ConfigError(`${variable} must list some of ${names.join(', ')}, not "${wrong}".`)
  }
}

/** The base of absolute links, without a slash at its end. */
export const webAddress: Read<string | undefined> = (value, variable) => {
  if (value === undefined || value === '') return undefined
  const url = URL.canParse(value) ? new URL(value) : undefined
  const isBase = url && /^https?:$/.test(url.protocol) && url.search === '' && url.hash === ''
  if (isBase) return value.replace(/\/+$/, '')
  throw new ConfigError(`${variable} must be an address such as https://api.gym.example, not "${value}".`)
}

/** A host with or without a port, as it stands in the header `Host`. */
export const hostName: Read<string | undefined> = (value, variable) => {
  if (value === undefined || value === '') return undefined
  const host = value.toLowerCase()
  if (URL.canParse(`http://${host}`) && /^(?:[a-z0-9.-]+|\[[0-9a-f:]+\])(?::\d+)?$/.test(host)) return host
  throw new ConfigError(`${variable} must be a host such as pay.gym.example, not "${value}".`)
}

/** Never quoted when it is wrong: it may hold a password. */
export const mailServer: Read<SmtpServer | undefined> = (value, variable) => {
  if (value === undefined || value === '') return undefined
  const server = parseSmtpUrl(value)
  if (server) return server
  throw new ConfigError(`${variable} must be an address such as smtps://user:password@mail.example:465.`)
}

export const mailAddress: Read<string | undefined> = (value, variable) => {
  if (value === undefined || value === '') return undefined
  if (/^[\x21-\x3b\x3d\x3f-\x7e]+@[A-Za-z0-9.-]+$/.test(value)) return value
  throw new ConfigError(`${variable} must be an address such as no-reply@gym.example, not "${value}".`)
}

export const addressRanges: Read<readonly string[]> = (value, variable) =>
  each(list(value, variable), isRange, `${variable} must list addresses or ranges such as 10.20.0.0/16`)

export const origins: Read<readonly string[]> = (value, variable) =>
  each(list(value, variable), isOrigin, `${variable} must list origins such as https://app.gym.example`)

function each(values: readonly string[], isPossible: (value: string) => boolean, rule: string): readonly string[] {
  const wrong = values.find((value) => !isPossible(value))
  if (wrong !== undefined) throw new ConfigError(`${rule}, not "${wrong}".`)
  return values
}

function isRange(value: string): boolean {
  const [address = '', bits, ...more] = value.split('/')
  const longest = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1
  if (longest < 0 || more.length > 0) return false
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= longest)
}

function isOrigin(value: string): boolean {
  return URL.canParse(value) && new URL(value).origin === value
}
