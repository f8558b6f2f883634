import {
  bookPayment,
  chargeCustomer,
  creditClaim,
  recordReminder,
  planInstallments,
  reversePayment,
  topUpCredit,
} from '../../accounts/index.ts'
import { listOpen } from '../contracts/books.ts'
import { berlin } from '../house/chain.ts'
import type { Planting } from '../planting.ts'
import { hasCredit, paysInParts, remindedMembers } from './members.ts'
import { edgar, max } from './people.ts'

/** Has prepaid credit for the machines. */
const withCredit = 1013
const euros = (minor: bigint) => ({ minor, currency: 'EUR' })

/** What happened to money besides the charges of contracts. */
export async function plantMoney(planting: Planting) {
  await plantReminders(planting)
  await plantReturn(planting)
  await plantCharges(planting)
  const { work } = planting
  for (const [customerId, cents] of [
    [withCredit, 640n],
    [edgar, 1250n],
  ] as const) {
    const credit = { customerId, studioId: berlin, amount: euros(cents), description: 'Guthaben' }
    await topUpCredit(work, { ...credit, method: 'CASH', journalKey: `demo:credit:${customerId}` })
  }
}

/** Max is late with three months and a fee, and was reminded twice; others were reminded once. */
async function plantReminders(planting: Planting) {
  const { work, today } = planting
  const [oldest] = await listOpen(planting, max)
  const fee = { kind: 'DUNNING_FEE', chargeType: 'FEE', description: 'Mahngebühr' } as const
  const owed = { customerId: max, studioId: berlin, amount: euros(500n), dueOn: today.subtract({ days: 25 }) }
  await chargeCustomer(work, { ...fee, ...owed, parentClaimId: oldest?.id, journalKey: 'demo:fee' })
  await recordReminder(work, { customerId: max, no: 1, on: today.subtract({ days: 40 }) })
  await recordReminder(work, { customerId: max, no: 2, on: today.subtract({ days: 25 }) })
  for (const customerId of remindedMembers) {
    await recordReminder(work, { customerId, no: 1, on: today.subtract({ days: 3 }) })
  }
}

/** The bank has sent the debit of Max's second month back, because the account was empty. */
async function plantReturn(planting: Planting) {
  const { work } = planting
  const [, second] = await listOpen(planting, max)
  if (!second) throw new Error('Max owes two months and more.')
  const paid = { customerId: max, studioId: berlin, amount: euros(second.amount), claimIds: [second.id] }
  const byBank = { method: 'DIRECT_DEBIT', description: 'Lastschrift', journalKey: 'demo:returned' } as const
  const paymentId = await bookPayment(work, { ...paid, ...byBank })
  const rejection = 'INSUFFICIENT_COVERING' as const
  await reversePayment(work, { paymentId, kind: 'RETURN', description: 'Rücklastschrift AM04', rejection })
}

/** Edgar owes for a training to come, a member pays a course in parts, and another one was given something back. */
async function plantCharges({ work, today }: Planting) {
  const training = { customerId: edgar, studioId: berlin, amount: euros(4500n), dueOn: today.add({ days: 7 }) }
  const sale = { kind: 'SALE', chargeType: 'SALE' } as const
  await chargeCustomer(work, { ...sale, ...training, description: 'Personal Training', journalKey: 'demo:training' })
  const course = { studioId: berlin, description: 'Ernährungskurs', dueOn: today } as const
  const inParts = {
    ...sale,
    ...course,
    customerId: paysInParts,
    amount: euros(10_000n),
    journalKey: 'demo:course:parts',
  }
  const claimId = await chargeCustomer(work, inParts)
  const dueDates = [14, 44, 74].map((days) => today.add({ days }))
  await planInstallments(work, {
    customerId: paysInParts,
    claimIds: [claimId],
    dueDates,
    description: 'Rate Ernährungskurs',
    journalKey: 'demo:parts',
  })
  const paid = { customerId: hasCredit, studioId: berlin, amount: euros(4000n) }
  const paidClaim = await chargeCustomer(work, { ...sale, ...course, ...paid, journalKey: 'demo:course:credit' })
  const atDesk = { method: 'CASH', description: 'Barzahlung', claimIds: [paidClaim] } as const
  await bookPayment(work, { ...paid, ...atDesk, journalKey: 'demo:course:credit' })
  const back = { amount: euros(1761n), description: 'Zwei Termine fielen aus', journalKey: 'demo:course:credit' }
  await creditClaim(work, { claimId: paidClaim, ...back })
}
