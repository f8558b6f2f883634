import type { Secrets } from '../platform/secrets.ts'

/** How a PIN is found again without being stored: its hash under every key of the installation, newest first. */
export function pinIndexes(secrets: Secrets, pin: string): readonly string[] {
  return secrets.hashes('blind-index', `PIN\n${pin}`).map((hash) => hash.toString('base64url'))
}
