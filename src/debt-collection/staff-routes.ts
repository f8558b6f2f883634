import type { StaffOperations } from '../platform/staff/staff-operations.ts'
import { formatAmount } from '../platform/values/money.ts'
import * as agencyContracts from './agencies/agency-contracts.ts'
import { listAgencyContracts } from './agencies/agency-store.ts'
import { listStaffBlocks } from './blocks/block-store.ts'
import { blockForStudio, liftBlock } from './blocks/staff-blocks.ts'
import { listAdjustments } from './cases/adjustment-store.ts'
import { releaseHold } from './cases/holds.ts'
import { listStaffCases } from './cases/staff-case-store.ts'
import { closeForStudio, revertClosure, writeOffCase } from './cases/staff-closures.ts'
import { listTasks } from './cases/task-store.ts'
import { listRuns } from './runs/run-store.ts'
import { discardRun, draftRun, handOver, previewRun, verifyRun } from './runs/runs.ts'
import type { JudgedDebtor } from './runs/selections.ts'
import { withdrawRun } from './runs/transfers.ts'
import * as api from './staff-api.ts'
import { readDay } from '../platform/time/zoned-time.ts'

/** Binds what staff do about debt collection. */
export function debtCollectionStaff(operations: StaffOperations) {
  agencies(operations)
  runs(operations)
  cases(operations)
  blocks(operations)
}

/** What holds where staff say nothing else. */
const usual = {
  onClosure: 'BY_PARTNER',
  onRejection: 'BY_PARTNER',
  allowCaseUpdates: false,
  minTotal: '0',
  minOverdueDays: 30,
  minDunningLevel: 0,
  stageName: 'Debt collection',
  restrictAccess: false,
} as const

function agencies(operations: StaffOperations) {
  operations.write(api.createAgencyContract, async (work, { body }) => ({
    agencyContractId: await agencyContracts.createAgencyContract(work, { ...usual, ...body }),
  }))
  operations.write(api.updateAgencyContract, async (work, { params: { agencyContractId }, body }) => {
    await agencyContracts.updateAgencyContract(work, agencyContractId, body)
    return { agencyContractId }
  })
  operations.write(api.endAgencyContract, async (work, { params: { agencyContractId } }) => {
    await agencyContracts.endAgencyContract(work, agencyContractId, 'ENDED')
    return { agencyContractId }
  })
  operations.write(api.terminateAgencyContract, async (work, { params: { agencyContractId } }) => {
    await agencyContracts.endAgencyContract(work, agencyContractId, 'TERMINATED')
    return { agencyContractId }
  })
  operations.read(api.listAgencyContracts, ({ db }) => listAgencyContracts(db))
}

function runs(operations: StaffOperations) {
  operations.read(api.previewRun, async (view, { params: { studioId } }) =>
    (await previewRun(view, studioId)).map(showJudged),
  )
  operations.write(api.draftRun, async (work, { params: { studioId } }) => ({ runId: await draftRun(work, studioId) }))
  operations.write(api.verifyRun, async (work, { params: { runId } }) => {
    await verifyRun(work, runId)
    return { runId }
  })
  operations.write(api.discardRun, async (work, { params: { runId } }) => {
    await discardRun(work, runId)
    return { runId }
  })
  operations.write(api.withdrawRun, async (work, { params: { runId } }) => {
    await withdrawRun(work, runId)
    return { runId }
  })
  operations.write(api.handOver, async (work, { params: { studioId }, body }) => ({
    runId: await handOver(work, { studioId, ...body, origin: 'INDIVIDUAL_HANDOVER' }),
  }))
  operations.read(api.listRuns, ({ db }, { body: { studioId } }) => listRuns(db, studioId))
}

function showJudged({ customerId, debtorId, currency, exclusion, selected, total, excluded }: JudgedDebtor) {
  return {
    customerId,
    debtorId,
    exclusion: exclusion ?? null,
    total: formatAmount({ minor: total, currency }),
    currency,
    debts: selected.map(({ claimId, open }) => ({ claimId, open: formatAmount({ minor: open, currency }) })),
    excluded,
  }
}

function cases(operations: StaffOperations) {
  operations.read(api.listCases, ({ db }, { body }) => listStaffCases(db, body))
  operations.write(api.closeCase, async (work, { params: { caseId }, body }) => {
    const { type, reason = null, text = null, writeOff } = body
    return {
      adjustmentRequestId: await closeForStudio(work, caseId, { type, reason, text, writeOff: writeOff === true }),
    }
  })
  operations.write(api.revertClosure, async (work, { params: { caseId } }) => ({
    adjustmentRequestId: await revertClosure(work, caseId),
  }))
  operations.write(api.writeOffRest, async (work, { params: { caseId } }) => {
    const given = await writeOffCase(work, caseId)
    return { amount: formatAmount(given), currency: given.currency }
  })
  operations.write(api.releaseHold, async (work, { params: { customerId } }) => {
    await releaseHold(work, customerId)
    return { customerId }
  })
  operations.read(api.listAdjustments, ({ db }, { body: { studioId } }) => listAdjustments(db, studioId))
  operations.read(api.listTasks, ({ db, now }) => listTasks(db, now))
}

function blocks(operations: StaffOperations) {
  operations.write(api.setBlock, async (work, { body: { endDate, ...body } }) => ({
    blockId: await blockForStudio(work, {
      ...body,
      endDate: readDay(endDate),
    }),
  }))
  operations.write(api.liftBlock, async (work, { params: { blockId } }) => {
    await liftBlock(work, blockId)
    return { blockId }
  })
  operations.read(api.listBlocks, ({ db }, { body: { customerId } }) => listStaffBlocks(db, customerId))
}
