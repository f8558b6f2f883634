import type { DebtorUpdate, AgencyCollectionCaseUpdate } from '../../debt-collection/api-schemas.ts'
import { amountNumber, type Money, parseMoney } from '../../platform/values/money.ts'
import type { SeededRandom } from './seeded-random.ts'
import { defined } from '../../platform/values/defined.ts'

/** A debt as the agency keeps it; minor units. */
export interface KeptDebt {
  readonly debtId: string
  readonly currency: string
  readonly original: bigint
  canceled: bigint
  paid: bigint
}

/** A case as the agency keeps it. */
export interface KeptCase {
  readonly debtorId: string
  readonly agencyId: string
  readonly caseIds: readonly string[]
  readonly debts: readonly KeptDebt[]
  closure: AgencyCollectionCaseUpdate['closure']
}

function readAmount(amount: number, currency: string): bigint {
  const money = parseMoney(amount, currency)
  if (typeof money === 'string') throw new Error(`${amount} is no amount in ${currency}.`)
  return money.minor
}

/** The books of an agency that begins with what it reads. */
export function openBooks(debtors: readonly DebtorUpdate[]): KeptCase[] {
  return debtors.flatMap(({ debtorId, agencyCollectionCases }) =>
    agencyCollectionCases.map((each) => ({
      debtorId,
      agencyId: each.agencyCollectionCaseId,
      caseIds: each.collectionCaseIds,
      closure: each.closure,
      debts: each.debts.map(({ debtId, currency, originalAmount, canceledAmount, paidAmount }) => ({
        debtId,
        currency,
        original: readAmount(originalAmount, currency),
        canceled: readAmount(canceledAmount, currency),
        paid: readAmount(paidAmount, currency),
      })),
    })),
  )
}

const least = (a: bigint, b: bigint) => (a < b ? a : b)

/** Something happens to a case: money comes in, is found not to have come, or is given up; or the case ends. */
export function goOn(kept: KeptCase, random: SeededRandom, day: string) {
  for (const debt of kept.debts) move(debt, random)
  if (kept.closure !== undefined || random.next() > 0.25) return
  const type = random.pick(['POSITIVE', 'NEGATIVE', 'REVERSAL', 'REJECTION'] as const)
  kept.closure = {
    type,
    date: day,
    ...(type === 'REJECTION'
      ? { rejectionReason: random.pick(['WITHDRAWN_BY_STUDIO', 'REMAINING_CLAIM_BELOW_LIMIT'] as const) }
      : {}),
    options: [{ key: 'WRITE_OFF_REMAINING_DEBTS', value: random.pick(['true', 'false']) }],
  }
}

function move(debt: KeptDebt, random: SeededRandom) {
  const part = (debt.original * BigInt(random.whole(1, 60))) / 100n
  const owed = debt.original - debt.canceled
  switch (random.pick(['PAY', 'PAY', 'PAY_ALL', 'PAY_TOO_MUCH', 'TAKE_BACK', 'CANCEL', 'NOTHING'])) {
    case 'PAY':
      debt.paid = least(debt.paid + part, owed)
      break
    case 'PAY_ALL':
      debt.paid = owed
      break
    case 'PAY_TOO_MUCH':
      if (debt.canceled === 0n) debt.paid = debt.original + part
      break
    case 'TAKE_BACK':
      debt.paid = debt.paid > part ? debt.paid - part : 0n
      break
    case 'CANCEL':
      if (debt.paid + debt.canceled < debt.original)
        debt.canceled += least(part, debt.original - debt.paid - debt.canceled)
      break
    case 'NOTHING':
  }
}

const show = (minor: bigint, currency: Money['currency']) => amountNumber({ minor, currency })

/** A case as the agency reports it. */
export function reportCase({ debtorId, agencyId, caseIds, closure, debts }: KeptCase): DebtorUpdate {
  return {
    debtorId,
    agencyCollectionCases: [
      {
        agencyCollectionCaseId: agencyId,
        collectionCaseIds: [...caseIds],
        ...defined({ closure }),
        debts: debts.map(({ debtId, currency, original, canceled, paid }) => ({
          debtId,
          originalAmount: show(original, currency),
          canceledAmount: show(canceled, currency),
          paidAmount: show(paid, currency),
          currency,
        })),
      },
    ],
  }
}

/** Where the figures of the agency and of the studio differ, in sentences; empty when they are equal. */
export function compareBooks(own: readonly KeptCase[], studio: readonly DebtorUpdate[]): string[] {
  const theirs = new Map(openBooks(studio).map((kept) => [kept.agencyId, kept]))
  return own.flatMap((kept) => {
    const other = theirs.get(kept.agencyId)
    if (!other) return [`The studio does not know the case ${kept.agencyId}.`]
    const ends = kept.closure?.type === other.closure?.type ? [] : [`The case ${kept.agencyId} ended in another way.`]
    const amounts = kept.debts.flatMap((debt) => {
      const found = other.debts.find(({ debtId }) => debtId === debt.debtId)
      const isEqual =
        found && found.original === debt.original && found.canceled === debt.canceled && found.paid === debt.paid
      return isEqual ? [] : [`The studio has other figures of the debt ${debt.debtId}.`]
    })
    return [...ends, ...amounts]
  })
}
