import { asc, gt } from 'drizzle-orm'
import { type LedgerFault, listContractClaims } from '../../accounts/index.ts'
import type { Queryable } from '../../platform/database/database.ts'
import { isBefore } from '../../platform/time/order.ts'
import { dateIn } from '../../platform/time/zoned-time.ts'
import type { SignedContract } from '../signed/signed-contract-facts.ts'
import { contracts } from '../tables.ts'
import { listWantedClaims } from './contract-claims.ts'
import { loadContracts } from './loading.ts'

const RULE = 'What is booked and waits of a period is what the contract wants of it.'
const PAGE = 200

/**
 * Contracts of which a period that is not over costs something else than they want. Those for which the clock has yet to
 * take a step are left out: it makes their charges follow.
 */
export async function checkCharges(db: Queryable, now: Temporal.Instant): Promise<LedgerFault[]> {
  const faults: LedgerFault[] = []
  for (let last = 0; ; ) {
    const page = await db
      .select({ id: contracts.id })
      .from(contracts)
      .where(gt(contracts.id, last))
      .orderBy(asc(contracts.id))
      .limit(PAGE)
    const ids = page.map(({ id }) => id)
    for (const contract of await loadContracts(db, ids)) {
      if (await hasDrifted(db, contract, now)) faults.push({ rule: RULE, id: contract.row.id })
    }
    if (page.length < PAGE) return faults
    last = ids.at(-1) ?? last
  }
}

async function hasDrifted(db: Queryable, contract: SignedContract, now: Temporal.Instant): Promise<boolean> {
  const today = dateIn(now, contract.studio.zone)
  const { nextChangeOn, id } = contract.row
  if (nextChangeOn && !isBefore(today, nextChangeOn)) return false
  const sums = new Map<string, { amount: bigint; isOver: boolean }>()
  const add = (line: Line, amount: bigint) => {
    const key = `${line.component} ${line.componentId} ${line.periodFrom} ${line.payer}`
    const sum = sums.get(key) ?? { amount: 0n, isOver: true }
    const isOver = isBefore(line.serviceTo ?? line.dueDate, today)
    sums.set(key, { amount: sum.amount + amount, isOver: sum.isOver && isOver })
  }
  for (const claim of await listContractClaims(db, id)) if (claim.state !== 'VOID') add(claim, claim.amount)
  for (const wanted of listWantedClaims(contract, today)) add(wanted, -wanted.amount)
  return [...sums.values()].some(({ amount, isOver }) => amount !== 0n && !isOver)
}

interface Line {
  readonly component: string | null
  readonly componentId: number | null
  readonly periodFrom: Temporal.PlainDate | null
  readonly payer: string
  readonly serviceTo: Temporal.PlainDate | null
  readonly dueDate: Temporal.PlainDate
}
