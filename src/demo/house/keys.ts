const CHARACTERS = 40

/** The keys of the demo chain, by studio and what they may do; they are the same on every machine. */
export const demoKeyNames = [
  'demoBerlinFull',
  'demoHamburgFull',
  'demoLondonFull',
  'demoBerlinRead',
  'demoBerlinScale',
  'demoBerlinAgency',
  'demoBerlinRfc3339',
  'demoOtherFull',
] as const

export type DemoKeyName = (typeof demoKeyNames)[number]

/** What a caller sends as `X-API-KEY`. */
export function inboundKey(name: DemoKeyName): string {
  return `pal_in_${name.padEnd(CHARACTERS, '0')}`
}

/** What the demo chain sends as `x-api-key` with its webhooks. */
export function webhookKey(name: DemoKeyName): string {
  return `pal_wh_${name.padEnd(CHARACTERS, '0')}`
}
