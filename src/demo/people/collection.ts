import { eq } from 'drizzle-orm'
import { chargeCustomer } from '../../accounts/index.ts'
import { debtClaims } from '../../accounts/tables.ts'
import {
  blockForStudio,
  closeForStudio,
  confirmTransfer,
  createAgencyContract,
  handOver,
  prepareRun,
  updateDebtCollection,
  withdrawRun,
} from '../../debt-collection/index.ts'
import { collectionCases, collectionDebts } from '../../debt-collection/tables.ts'
import { amountNumber, readMoney } from '../../platform/values/money.ts'
import { listOpen } from '../contracts/books.ts'
import { berlin, demoAgency } from '../house/chain.ts'
import { berlinTime, type Planting } from '../planting.ts'
import { bob, ida, nora, otto, rita } from './people.ts'

/** Handovers to the agency of Berlin. */
export const demoRun = { paid: 901, rejected: 902, waiting: 903, withdrawn: 904 } as const
/** The number that the agency has given to what it collects from Rita. */
export const demoAgencyCase = 'DEMO-1'

const agency = { studioId: berlin, integrationId: demoAgency, zone: berlinTime }
/** Pays by card, and has a debt that is not handed over. */
const carla = 1010
const euros = (minor: bigint) => ({ minor, currency: 'EUR' })

/** An agency that collects from Rita, has waited for Nora, and could not reach Bob. */
export async function plantCollection(planting: Planting) {
  await createAgencyContract(planting.work, {
    studioId: berlin,
    integrationId: demoAgency,
    type: 'TRUST',
    onClosure: 'BY_PARTNER',
    onRejection: 'BY_PARTNER',
    allowCaseUpdates: true,
    minTotal: '50.00',
    minOverdueDays: 30,
    stageName: 'Inkasso',
    // The doors of the demo show other reasons.
    restrictAccess: false,
  })
  await plantPaid(planting)
  await plantRejected(planting)
  await plantWaiting(planting)
  await plantWithdrawn(planting)
  await plantBlocks(planting)
}

interface Debt {
  readonly customerId: number
  readonly cents: bigint
  /** Days since it fell due. */
  readonly days: number
  readonly fee?: true
  readonly parentClaimId?: number
}

function charge({ work, today }: Planting, { customerId, cents, days, fee, parentClaimId }: Debt) {
  const what = fee
    ? ({ kind: 'DUNNING_FEE', chargeType: 'FEE', description: 'Mahngebühr' } as const)
    : ({ kind: 'DEBT_CLAIM', chargeType: 'MEMBERSHIP_CHARGE', description: 'Mitgliedsbeitrag' } as const)
  const dueOn = today.subtract({ days })
  const journalKey = `demo:late:${customerId}:${days}`
  return chargeCustomer(work, {
    customerId,
    studioId: berlin,
    amount: euros(cents),
    ...what,
    dueOn,
    parentClaimId,
    journalKey,
  })
}

async function hand(
  { work }: Planting,
  runId: number,
  { customerId, claimIds }: { customerId: number; claimIds: number[] },
) {
  await handOver(work, { studioId: berlin, customerId, claimIds, origin: 'INDIVIDUAL_HANDOVER', runId })
  await prepareRun(work, runId)
}

const findCase = async ({ work: { tx } }: Planting, runId: number) => {
  const [found] = await tx.select().from(collectionCases).where(eq(collectionCases.runId, runId))
  if (!found) throw new Error(`The run ${runId} has no case.`)
  return found
}

/** The agency has been paid a part of the first of two debts. */
async function plantPaid(planting: Planting) {
  const { work } = planting
  const claimIds = [
    await charge(planting, { customerId: rita, cents: 1000n, days: 80 }),
    await charge(planting, { customerId: rita, cents: 2000n, days: 50 }),
  ]
  await hand(planting, demoRun.paid, { customerId: rita, claimIds })
  await confirmTransfer(work, agency, demoRun.paid)
  const { id, uuid, debtorId } = await findCase(planting, demoRun.paid)
  const debts = await work.tx
    .select({ debtId: debtClaims.debtUuid, original: collectionDebts.original })
    .from(collectionDebts)
    .innerJoin(debtClaims, eq(debtClaims.id, collectionDebts.claimId))
    .where(eq(collectionDebts.caseId, id))
    .orderBy(debtClaims.dueDate)
  await updateDebtCollection(work, agency, {
    requestId: 'demo-1',
    debtors: [
      {
        debtorId,
        agencyCollectionCases: [
          {
            agencyCollectionCaseId: demoAgencyCase,
            publicCollectionCaseId: '2026/1',
            collectionCaseIds: [uuid],
            debts: debts.map(({ debtId, original }, n) => ({
              debtId,
              originalAmount: amountNumber(readMoney(original, 'EUR', 'original')),
              canceledAmount: 0,
              paidAmount: n === 0 ? 5 : 0,
              currency: 'EUR',
            })),
          },
        ],
      },
    ],
  })
}

/** Letters to Bob come back; staff have closed the case, and the agency has not read it yet. */
async function plantRejected(planting: Planting) {
  const claimIds = [await charge(planting, { customerId: bob, cents: 2990n, days: 70 })]
  await hand(planting, demoRun.rejected, { customerId: bob, claimIds })
  await confirmTransfer(planting.work, agency, demoRun.rejected)
  const { id } = await findCase(planting, demoRun.rejected)
  const reason = 'POSTAL_DELIVERY_NOT_POSSIBLE' as const
  await closeForStudio(planting.work, id, { type: 'REJECTION', reason, text: 'Unbekannt verzogen', writeOff: false })
}

/** Two fees of the membership and one for a reminder wait for the agency; the last month stays with the studio. */
async function plantWaiting(planting: Planting) {
  const [first, second] = await listOpen(planting, nora)
  if (!first || !second) throw new Error('Nora owes two months and more.')
  const fee = await charge(planting, { customerId: nora, cents: 500n, days: 25, fee: true, parentClaimId: first.id })
  await hand(planting, demoRun.waiting, { customerId: nora, claimIds: [first.id, second.id, fee] })
}

async function plantWithdrawn(planting: Planting) {
  const claimIds = [await charge(planting, { customerId: otto, cents: 6000n, days: 60 })]
  await hand(planting, demoRun.withdrawn, { customerId: otto, claimIds })
  await withdrawRun(planting.work, demoRun.withdrawn)
}

async function plantBlocks(planting: Planting) {
  const { work, today } = planting
  await charge(planting, { customerId: ida, cents: 1990n, days: 40 })
  const endDate = Temporal.PlainDate.from({ year: today.year, month: 12, day: 31 })
  await blockForStudio(work, { customerId: ida, endDate, reason: 'Ratenzahlung vereinbart' })
  const claimId = await charge(planting, { customerId: carla, cents: 2990n, days: 40 })
  await blockForStudio(work, { customerId: carla, claimId, reason: 'Wird geklärt' })
}
