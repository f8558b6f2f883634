import { listContractClaims } from '../../../src/accounts/index.ts'
import { formatAmount } from '../../../src/platform/values/money.ts'
import type { TestApp } from '../app.ts'

interface Line {
  readonly dueDate: string
  readonly amount: { readonly amount: number }
  readonly description: string
}

const sorted = (lines: readonly string[]) => lines.toSorted((a, b) => (a < b ? -1 : 1))

/** The payments of a preview, as `2026-03-16 44.90 Contract Basic`, without those of nothing. */
export function readShown({ paymentSchedule }: { readonly paymentSchedule: readonly Line[] }): string[] {
  return sorted(
    paymentSchedule
      .filter(({ amount }) => amount.amount !== 0)
      .map(({ dueDate, amount, description }) => `${dueDate} ${amount.amount.toFixed(2)} ${description}`),
  )
}

/** What the member was charged for a contract, and is going to be, in the same form. */
export async function readCharged(app: TestApp, contractId: number, state?: 'POSTED'): Promise<string[]> {
  const claims = await app.read(({ db }) => listContractClaims(db, contractId))
  return sorted(
    claims
      .filter((claim) => claim.payer === 'MEMBER' && (state ? claim.state === state : claim.state !== 'VOID'))
      .map(
        ({ dueDate, amount, currency, description }) =>
          `${dueDate} ${formatAmount({ minor: amount, currency })} ${description}`,
      ),
  )
}

/** The sum of lines like `2026-03-16 44.90 Contract Basic` in cents. */
export const sumMinor = (lines: readonly string[]) =>
  lines.reduce((sum, line) => sum + Math.round(Number(line.split(' ')[1]) * 100), 0)
