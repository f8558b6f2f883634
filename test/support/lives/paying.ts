import { and, eq, gt } from 'drizzle-orm'
import { payDues } from '../../../src/accounts/index.ts'
import { debtClaims } from '../../../src/accounts/tables.ts'
import type { LifeWorld } from './life-world.ts'
import { findToday } from './life.ts'

/** All members pay what they owe. */
export async function payAll(world: LifeWorld) {
  const { customerId, state, payer, openAmount } = debtClaims
  const debtors = await world.app.read(({ db }) =>
    db
      .selectDistinct({ customerId })
      .from(debtClaims)
      .where(and(eq(state, 'POSTED'), eq(payer, 'MEMBER'), gt(openAmount, '0'))),
  )
  if (debtors.length === 0) return
  const today = await findToday(world)
  const payers = debtors.map((debtor) => ({ ...debtor, method: 'CASH', unpaidDays: -1, description: 'Paid' }) as const)
  await world.app.write((work) => payDues(work, { from: today, today, payers }))
}
