import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Secrets } from '../secrets.ts'

/** How a browser treats the file: pictures are shown, everything else is saved. */
export type Disposition = 'inline' | 'attachment'

export interface LinkedFile {
  readonly tenantSlug: string
  readonly fileId: number
  readonly disposition: Disposition
}

export interface LinkSigner {
  readonly secrets: Secrets
  /** Base of absolute links, without a slash at its end. */
  readonly publicUrl: string
}

/** What a link says of itself, as text that nobody has believed yet. */
export interface LinkClaim {
  readonly exp: string
  readonly kid: string
  readonly sig: string
}

export type LinkVerdict = 'VALID' | 'INVALID' | 'EXPIRED'

const LIFETIME_SECONDS = 900
/** Longer than any link that we sign: a longer claim was not signed by us. */
const LONGEST_LIFETIME_SECONDS = 5 * 3600

/** A link to a stored file that works without an API key (15 minutes by default); every person who has it may read the file. */
export function fileLink(
  { secrets, publicUrl }: LinkSigner,
  file: LinkedFile,
  now: Temporal.Instant,
  lifetimeSeconds: number = LIFETIME_SECONDS,
): string {
  const [key] = secrets.signingKeys('file-link')
  if (!key) throw new Error('There is no key to sign file links with.')
  if (lifetimeSeconds > LONGEST_LIFETIME_SECONDS) throw new Error('A file link lives five hours at most.')
  const expiresAt = toEpochSeconds(now) + lifetimeSeconds
  const signature = fileSignature(key.key, file, expiresAt)
  return `${publicUrl}/files/${file.fileId}?exp=${expiresAt}&kid=${key.id}&sig=${signature}`
}

/** What a link must carry as `sig`; `expiresAt` is in Unix seconds. */
export function fileSignature(key: Buffer, { tenantSlug, fileId, disposition }: LinkedFile, expiresAt: number): string {
  return createHmac('sha256', key).update(`${tenantSlug}|${fileId}|${expiresAt}|${disposition}`).digest('base64url')
}

/** May the holder of this link read the file at `now`? The refusal of a forged link says nothing about its age. */
export function judgeLink(
  keys: readonly { readonly id: string; readonly key: Buffer }[],
  file: LinkedFile,
  claim: LinkClaim,
  now: Temporal.Instant,
): LinkVerdict {
  const key = keys.find(({ id }) => id === claim.kid)
  if (!key || !/^[1-9]\d{0,11}$/.test(claim.exp)) return 'INVALID'
  const expiresAt = Number(claim.exp)
  if (!isSame(claim.sig, fileSignature(key.key, file, expiresAt))) return 'INVALID'
  if (expiresAt > toEpochSeconds(now) + LONGEST_LIFETIME_SECONDS) return 'INVALID'
  return now.epochMilliseconds >= expiresAt * 1000 ? 'EXPIRED' : 'VALID'
}

/** Pictures that every browser can draw; the type of everything else might hold a script. */
export function chooseDisposition(mime: string): Disposition {
  return mime === 'image/jpeg' || mime === 'image/png' ? 'inline' : 'attachment'
}

/** The address of a file that everybody may see, such as a logo: it changes with the content and never expires. */
export function publicFileLink(publicUrl: string, file: { readonly id: number; readonly sha256: Uint8Array }): string {
  return `${publicUrl}/assets/${file.id}-${Buffer.from(file.sha256).toString('base64url')}`
}

function toEpochSeconds(at: Temporal.Instant): number {
  return Math.floor(at.epochMilliseconds / 1000)
}

/** Takes as long for a signature that is almost right as for any other. */
function isSame(given: string, wanted: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)]
  return a.length === b.length && timingSafeEqual(a, b)
}
