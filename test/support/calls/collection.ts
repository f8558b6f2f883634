import type { MakeCall, Named } from './calls.ts'

const waiting = ({ waitingRunId }: Named) => ({ params: { debtCollectionRunId: waitingRunId } })

/** What the agency reports of the debt that it has. */
const makeReport: MakeCall = ({ debtorId, collectionCaseId, debtId }) => ({
  body: {
    requestId: `report-of-${debtId}`,
    debtors: [
      {
        debtorId,
        agencyCollectionCases: [
          {
            agencyCollectionCaseId: `file-${collectionCaseId}`,
            collectionCaseIds: [collectionCaseId],
            debts: [{ debtId, originalAmount: 20, canceledAmount: 0, paidAmount: 5, currency: 'EUR' }],
          },
        ],
      },
    ],
  },
})

/** Calls about the debts that the agency of a full studio collects. */
export const collectionCalls: Readonly<Record<string, MakeCall>> = {
  getDebtCollectionConfiguration: () => ({}),
  getTransferDetails: waiting,
  getDebtors: waiting,
  confirmTransfer: waiting,
  updateDebtCollection: makeReport,
  getDebtCollectionCases: ({ debtorId }) => ({ query: { debtorId } }),
  getDebtCollectionBlockedDebtors: ({ debtorId }) => ({ query: { debtorId } }),
  getDebtCollectionBlockedDebts: ({ debtId }) => ({ query: { debtId } }),
}
