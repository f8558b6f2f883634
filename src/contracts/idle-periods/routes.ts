import type { Operations } from '../../platform/http/operations.ts'
import type { ModuleDeps } from '../../platform/module-deps.ts'
import { storeDocument } from '../../platform/uploads/stored-files.ts'
import { findOwnContract } from '../own-contracts.ts'
import * as api from './api.ts'
import { lockOwnFacts, requestIdlePeriod } from './create-idle.ts'
import { DOCUMENT_MAX_MB, documentTypes } from './idle-files.ts'
import { findRemaining, getIdlePeriod, listIdlePeriods, validateIdleWish } from './idle-reads.ts'
import type { IdleWish } from './request-rules.ts'
import { changeIdlePeriod } from './update-idle.ts'
import { previewUpdate } from './update-preview.ts'
import type { PartnerWork } from '../../platform/units/work.ts'
import { type NamedPause, withdrawIdlePeriod } from './withdraw-idle.ts'
import { readDay } from '../../platform/time/zoned-time.ts'

const documentLimits = { maxMb: DOCUMENT_MAX_MB, allowed: documentTypes }

/** How members pause their contracts. */
export function idlePeriodRoutes({ read, write, uploadOptional }: Operations, deps: ModuleDeps) {
  read(api.validateIdlePeriodRequest, async (view, { params: { contractId }, body }) => ({
    validationStatus: await validateIdleWish(view, contractId, readWish(body)),
  }))
  read(api.getIdlePeriods, (view, { params: { contractId } }) => listIdlePeriods(view, contractId, deps))
  uploadOptional(api.createIdlePeriodAmendment, {
    check: (view, { params: { contractId } }) => findOwnContract(view, contractId),
    store: (file, { tenantId }) => storeDocument(deps.files, tenantId, file, documentLimits),
    lock: (work, { params: { contractId } }) => lockOwnFacts(work, contractId),
    write: async (work, { params: { contractId }, body }, file) => {
      const idlePeriodId = await requestIdlePeriod(work, { contractId, wish: readWish(body) }, file)
      return getIdlePeriod(work, { contractId, idlePeriodId }, deps)
    },
  })
  uploadOptional(api.updateIdlePeriod, {
    check: (view, { params: { contractId } }) => findOwnContract(view, contractId),
    store: (file, { tenantId }) => storeDocument(deps.files, tenantId, file, documentLimits),
    lock: (work, { params: { contractId } }) => lockOwnFacts(work, contractId),
    write: async (work, { params, body }, file) => {
      await changeIdlePeriod(work, { ...params, wish: readUpdate(body) }, file)
      return getIdlePeriod(work, params, deps)
    },
  })
  read(api.getIdlePeriodUpdatePreview, (view, { params, body }) =>
    previewUpdate(view, { ...params, update: readUpdate(body) }),
  )
  const withdraw = async (work: PartnerWork, { params }: { readonly params: NamedPause }) => {
    await withdrawIdlePeriod(work, params)
    return { success: 'true' }
  }
  write(api.withdrawIdlePeriod, withdraw, {
    lock: (work, { params: { contractId } }) => lockOwnFacts(work, contractId),
  })
  read(api.getIdlePeriodById, (view, { params }) => getIdlePeriod(view, params, deps))
  read(api.getRemainingIdlePeriods, (view, { params: { contractId } }) => findRemaining(view, contractId))
}

function readWish<W extends Omit<IdleWish, 'startDate'> & { readonly startDate: string }>(wish: W) {
  return { ...wish, startDate: Temporal.PlainDate.from(wish.startDate) }
}

function readUpdate<W extends Parameters<typeof readWish>[0] & { readonly endDate?: string | undefined }>(update: W) {
  const { endDate } = update
  return { ...readWish(update), endDate: readDay(endDate) }
}
