import { listClaims } from '../../accounts/index.ts'
import { lockCustomers } from '../../customers/index.ts'
import { notFound } from '../../platform/errors/errors.ts'
import type { UnitOfWork } from '../../platform/units/work.ts'
import { deleteBlockRow, findBlock, saveBlock } from './block-store.ts'

export interface StaffBlock {
  readonly customerId: number
  /** Left out: the customer as a whole. */
  readonly claimId?: number | undefined
  /** Last day; left out: until it is lifted. */
  readonly endDate?: Temporal.PlainDate | undefined
  readonly reason?: string | undefined
}

/** Keeps a customer or a claim from being handed over from now on. What an agency has already stays there. */
export async function blockForStudio(work: UnitOfWork, { customerId, claimId, endDate, reason }: StaffBlock) {
  const [locked] = await lockCustomers(work.tx, [customerId])
  if (locked === undefined) throw notFound('customer', customerId)
  if (claimId !== undefined) {
    const [claim] = await listClaims(work.tx, [claimId])
    if (claim?.customerId !== customerId) throw notFound('debtClaim', claimId)
  }
  const limit = endDate ? ({ limitType: 'LIMITED', endDate } as const) : ({ limitType: 'UNLIMITED' } as const)
  const target = { customerId, claimId: claimId ?? null, source: 'STAFF', integrationId: null } as const
  const blockId = await saveBlock(work.tx, { ...target, ...limit, reason: reason ?? null }, work.now)
  const diff = { limit: [null, limit.limitType], endDate: [null, endDate?.toString() ?? null] } as const
  work.audit({ action: 'collectionBlock.set', entityKind: 'collectionBlock', entityId: blockId, diff })
  work.concern(customerId)
  return blockId
}

/** Takes a block away. What an agency has set is the agency's to take away. */
export async function liftBlock(work: UnitOfWork, blockId: number) {
  const known = await findBlock(work.tx, blockId)
  if (known) await lockCustomers(work.tx, [known.customerId])
  const block = await findBlock(work.tx, blockId)
  if (!block || block.source === 'AGENCY') throw notFound('collectionBlock', blockId)
  await deleteBlockRow(work.tx, blockId)
  const diff = { limit: [block.limitType, null] } as const
  work.audit({ action: 'collectionBlock.lifted', entityKind: 'collectionBlock', entityId: blockId, diff })
}
