import { createHmac } from 'node:crypto'
import type { Secrets } from './secrets.ts'

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

const LIFETIME_SECONDS = 900

/** A link to a stored file that works for 15 minutes without an API key; whoever holds it may read the file. */
export function fileLink({ secrets, publicUrl }: LinkSigner, file: LinkedFile, now: Temporal.Instant): string {
  const [key] = secrets.signingKeys('file-link')
  if (!key) throw new Error('There is no key to sign file links with.')
  const expiresAt = Math.floor(now.epochMilliseconds / 1000) + LIFETIME_SECONDS
  const signature = fileSignature(key.key, file, expiresAt)
  return `${publicUrl}/files/${file.fileId}?exp=${expiresAt}&kid=${key.id}&sig=${signature}`
}

/** What a link must carry as `sig`; `expiresAt` is in Unix seconds. */
export function fileSignature(key: Buffer, { tenantSlug, fileId, disposition }: LinkedFile, expiresAt: number): string {
  return createHmac('sha256', key).update(`${tenantSlug}|${fileId}|${expiresAt}|${disposition}`).digest('base64url')
}

/** The address of a file that everybody may see, such as a logo: it changes with the content and never expires. */
export function publicFileLink(publicUrl: string, file: { readonly id: number; readonly sha256: Uint8Array }): string {
  return `${publicUrl}/files/public/${file.id}-${Buffer.from(file.sha256).toString('base64url')}`
}
