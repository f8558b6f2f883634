import { isAfter, isBefore } from '../../platform/time/order.ts'

/** A block as it was set; a LIMITED one holds to the end of its last day. */
export interface BlockFacts {
  readonly limitType: 'LIMITED' | 'UNLIMITED'
  readonly endDate: Temporal.PlainDate | null
  readonly source: 'AGENCY' | 'STAFF' | 'SYSTEM'
  readonly integrationId: number | null
}

/** What a block comes to for an agency: no end where it is unlimited. */
export interface EffectiveBlock {
  readonly limitType: 'LIMITED' | 'UNLIMITED'
  readonly endDate: Temporal.PlainDate | null
}

/** Whether a block holds on a day for an agency. What follows from a rejection may hold for one agency alone. */
function isEffective(block: BlockFacts, today: Temporal.PlainDate, integrationId: number): boolean {
  if (block.source === 'SYSTEM' && block.integrationId !== null && block.integrationId !== integrationId) return false
  return block.endDate === null || !isBefore(block.endDate, today)
}

/** What several blocks of one thing come to: unlimited wins, else the latest end; undefined when none holds. */
export function joinBlocks(
  blocks: readonly BlockFacts[],
  today: Temporal.PlainDate,
  integrationId: number,
): EffectiveBlock | undefined {
  const effective = blocks.filter((block) => isEffective(block, today, integrationId))
  if (effective.some(({ limitType }) => limitType === 'UNLIMITED')) return { limitType: 'UNLIMITED', endDate: null }
  return effective.reduce<EffectiveBlock | undefined>((latest, { endDate }) => {
    if (endDate === null) return latest
    if (latest?.endDate && !isAfter(endDate, latest.endDate)) return latest
    return { limitType: 'LIMITED', endDate }
  }, undefined)
}

/** A block as an agency or staff want it; DISABLED is none. */
export interface BlockWish {
  readonly limitType: 'DISABLED' | 'LIMITED' | 'UNLIMITED'
  readonly endDate: Temporal.PlainDate | undefined
}

/** Whether a block can be set today. The end that answers show of an unlimited block is taken back as it is. */
export function isPossibleBlock({ limitType, endDate }: BlockWish, today: Temporal.PlainDate): boolean {
  return limitType !== 'LIMITED' || (endDate !== undefined && !isBefore(endDate, today))
}
