import { bookPayment, chargeCustomer, noteReminder, topUpCredit } from '../../accounts/index.ts'
import { berlin } from '../house/chain.ts'
import type { Planting } from '../planting.ts'
import { edgar, max } from './people.ts'

/** Has prepaid credit for the machines. */
const withCredit = 1013

interface PlannedCharge {
  readonly customerId: number
  readonly cents: bigint
  /** Days from today. */
  readonly due: number
}

const euros = (minor: bigint) => ({ minor, currency: 'EUR' })
const lateFees: readonly PlannedCharge[] = [
  { customerId: max, cents: 2990n, due: -75 },
  { customerId: max, cents: 2990n, due: -44 },
  { customerId: max, cents: 2990n, due: -14 },
]
const paidFees: readonly PlannedCharge[] = [-95, -64, -34].map((due) => ({ customerId: edgar, cents: 3900n, due }))

/** Edgar has paid and owes for a training to come; Max is late with three months and a fee, and was reminded twice. */
export async function plantMoney(planting: Planting) {
  const { work, today } = planting
  const late: number[] = []
  for (const plan of lateFees) late.push(await chargeMonth(planting, plan))
  const fee = { kind: 'DUNNING_FEE', chargeType: 'FEE', description: 'Mahngebühr' } as const
  const owed = { customerId: max, studioId: berlin, amount: euros(500n), dueOn: today.subtract({ days: 25 }) }
  await chargeCustomer(work, { ...fee, ...owed, parentClaimId: late[0], journalKey: 'demo:fee' })
  await noteReminder(work, { customerId: max, no: 1, on: today.subtract({ days: 40 }) })
  await noteReminder(work, { customerId: max, no: 2, on: today.subtract({ days: 25 }) })
  for (const plan of paidFees) {
    const claimId = await chargeMonth(planting, plan)
    const paid = { customerId: edgar, studioId: berlin, amount: euros(plan.cents), claimIds: [claimId] }
    const byBank = { method: 'DIRECT_DEBIT', description: 'Lastschrift' } as const
    await bookPayment(work, { ...paid, ...byBank, journalKey: `demo:${claimId}` })
  }
  const training = { customerId: edgar, studioId: berlin, amount: euros(4500n), dueOn: today.add({ days: 7 }) }
  const sale = { kind: 'SALE', chargeType: 'SALE', description: 'Personal Training' } as const
  await chargeCustomer(work, { ...sale, ...training, journalKey: 'demo:training' })
  const credit = { customerId: withCredit, studioId: berlin, amount: euros(640n), description: 'Guthaben' }
  await topUpCredit(work, { ...credit, method: 'CASH', journalKey: 'demo:credit' })
}

function chargeMonth({ work, today }: Planting, { customerId, cents, due }: PlannedCharge) {
  const dueOn = today.add({ days: due })
  return chargeCustomer(work, {
    customerId,
    studioId: berlin,
    amount: euros(cents),
    kind: 'DEBT_CLAIM',
    chargeType: 'MEMBERSHIP_CHARGE',
    description: 'Mitgliedsbeitrag',
    dueOn,
    service: { from: dueOn, to: dueOn.add({ months: 1 }).subtract({ days: 1 }) },
    journalKey: `demo:${customerId}:${due}`,
  })
}
