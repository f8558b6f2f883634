import { readMinor } from '../../accounts/index.ts'
import { parseMoney } from '../../platform/values/money.ts'
import type { Queryable } from '../../platform/database/database.ts'
import { countDays, isAfter } from '../../platform/time/order.ts'
import { joinBlocks } from '../blocks/block-rules.ts'
import { type DebtorFacts, type Selection, selectDebts, type SelectionRules } from './selection-rules.ts'
import {
  listAskedBlocks,
  listLastClosures,
  listOpenDebts,
  type OpenDebtRow,
  type SelectionQuestion,
} from './selection-store.ts'

const ageOfMajority = 18

/** A customer whose debts were judged. */
export interface JudgedDebtor extends Selection {
  readonly debtorId: string
  readonly currency: string
}

/** Judges the debts of customers on a day: who is handed over with what, and why not the others. */
export async function judgeDebtors(
  db: Queryable,
  question: SelectionQuestion,
  rules: SelectionRules,
  today: Temporal.PlainDate,
): Promise<JudgedDebtor[]> {
  const rows = await listOpenDebts(db, question)
  const blocks = Map.groupBy(await listAskedBlocks(db, question), ({ customerId }) => customerId)
  const closures = new Map((await listLastClosures(db, question)).map((row) => [row.customerId, row]))
  const { integrationId } = question
  return [...Map.groupBy(rows, ({ customerId }) => customerId)].flatMap(([customerId, debts]) => {
    const [first] = debts
    if (!first) return []
    const ofCustomer = blocks.get(customerId) ?? []
    const isBlocked = (claimId: number | null) =>
      joinBlocks(
        ofCustomer.filter((block) => block.claimId === claimId),
        today,
        integrationId,
      ) !== undefined
    const closure = closures.get(customerId)
    const facts: DebtorFacts = {
      ...readPerson(first, today),
      isBlocked: first.isHidden || isBlocked(null),
      lacksRepresentative: closure?.reason === 'NO_INFORMATION_ABOUT_LEGAL_REPRESENTATIVE',
      rejectedAsTooLittle:
        closure?.reason === 'REMAINING_CLAIM_BELOW_LIMIT' && closure.openAtClosure !== null
          ? readMinor(closure.openAtClosure, first.currency)
          : null,
      claims: debts.map((debt) => ({
        claimId: debt.claimId,
        kind: debt.kind,
        parentClaimId: debt.parentClaimId,
        open: readMinor(debt.open, debt.currency),
        overdueDays: countDays(debt.dueDate, today),
        isInPlan: debt.isInPlan,
        isCollected: debt.collectionState !== 'NONE',
        isInFlight: debt.inFlightItemId !== null,
        isBlocked: isBlocked(debt.claimId),
      })),
    }
    return [{ ...selectDebts(facts, rules), debtorId: first.debtorId, currency: first.currency }]
  })
}

function readPerson(row: OpenDebtRow, today: Temporal.PlainDate) {
  const { customerId, dateOfBirth, hasLiablePerson, addressStatus, isHeld, dunningLevel } = row
  return {
    customerId,
    // Of whom no birthday is known, contracts take for an adult.
    isOfAge: dateOfBirth === null || !isAfter(dateOfBirth.add({ years: ageOfMajority }), today),
    hasLiablePerson,
    isAddressValid: addressStatus === 'VALID',
    isHeld,
    dunningLevel: dunningLevel ?? 0,
  }
}

/** The rules of an agency contract, in minor units of the studio's currency. */
export function readRules(
  { minTotal, ...counted }: { readonly minTotal: string } & Omit<SelectionRules, 'minTotal'>,
  currency: string,
): SelectionRules {
  const least = parseMoney(minTotal, currency)
  if (typeof least === 'string') throw new Error(`${minTotal} is no amount in ${currency}.`)
  const { minOverdueDays, minDunningLevel } = counted
  return { minTotal: least.minor, minOverdueDays, minDunningLevel }
}

/** Staff hand over whom they choose, whatever is due. */
export const everythingDue: SelectionRules = { minTotal: 0n, minOverdueDays: 0, minDunningLevel: 0 }
