/** Inbound keys that count at a moment, oldest first. */
export interface UsableKey {
  readonly id: number
}

/** What to do with the present keys when a new inbound key comes: at most two may ever count at the same time. */
export interface RotationPlan {
  readonly revokeAtOnce: readonly number[]
  /** Stays valid until the end of the grace time. */
  readonly expireLater: readonly number[]
}

export const mostInboundKeys = 2
export const longestGraceDays = 90
export const defaultGraceDays = 7

/** The newest key may live on for the grace time, older ones end now; without grace all end now. */
export function planRotation(usable: readonly UsableKey[], graceDays: number): RotationPlan {
  const ids = usable.map(({ id }) => id)
  const lived = graceDays > 0 ? ids.slice(-1) : []
  return { revokeAtOnce: ids.filter((id) => !lived.includes(id)), expireLater: lived }
}

/** Whether a foreign key may be taken over: 8 to 256 printable ASCII characters without blanks. */
export function isImportableKey(key: string): boolean {
  return /^[\x21-\x7e]{8,256}$/.test(key)
}
