import { notFound } from '../platform/errors/errors.ts'
import type { StoredBytes } from '../platform/files/storage.ts'
import type { Operations } from '../platform/http/operations.ts'
import type { ModuleDeps } from '../platform/module-deps.ts'
import { StartOver, type PartnerWork } from '../platform/units/work.ts'
import { readDrawing } from '../platform/uploads/drawing.ts'
import { defined, nonNull } from '../platform/values/defined.ts'
import { getReadDeps, localSight, lockOwnCustomer } from '../customers/index.ts'
import { type BankData, findBankData } from '../payments/index.ts'
import { findDataGroup } from './amendment-store.ts'
import * as api from './payment-api.ts'
import { createPaymentAmendment, openBankData } from './payment-amendments.ts'

/** Binds what customers see and change of how they pay. */
export function paymentDataRoutes({ read, write }: Operations, deps: ModuleDeps) {
  const { secrets, accessLog } = getReadDeps(deps)
  read(api.getCustomerPaymentData, async (view, { params: { customerId } }) => {
    const found = await findDataGroup(view.db, localSight(view), customerId, 'PAYMENT_DATA')
    if (!found) throw notFound('customer', customerId)
    accessLog.record(view, api.getCustomerPaymentData.operationId, customerId)
    const { mode, pending, requireSignature } = found
    const current = await findBankData(view.db, secrets, customerId)
    const proposed = pending ? openBankData(secrets, pending.proposedEnc) : undefined
    return {
      ...presentBankData(current),
      requireSignature,
      amendmentConfigurationStatus: mode,
      ...(pending && proposed
        ? { pendingAmendment: { id: pending.id, ...presentBankData(proposed), requireSignature } }
        : {}),
    }
  })
  const stored = new WeakMap<object, StoredBytes>()
  write(
    api.createCustomerPaymentDataAmendment,
    async (work, { params: { customerId }, body }) => {
      const drawing = body.signature && readSignature(body.signature.base64SvgSignature)
      const keep = drawing && (() => keepDrawing(work, deps, { body, drawing, stored }))
      const wish = { customerId, typed: body, signature: keep }
      const { id, values, requireSignature } = await createPaymentAmendment(work, wish, secrets)
      return { ...defined({ id }), ...presentBankData(values), requireSignature }
    },
    { lock: (work: PartnerWork, { params }) => lockOwnCustomer(work, params.customerId) },
  )
}

const readSignature = (base64: string) => readDrawing(base64, 'signature')

interface Drawn {
  readonly body: object
  readonly drawing: Buffer
  readonly stored: WeakMap<object, StoredBytes>
}

/** The bytes are written once, outside of the unit, which then begins again and finds them. */
async function keepDrawing(work: PartnerWork, { files }: ModuleDeps, { body, drawing, stored }: Drawn) {
  const known = stored.get(body)
  if (known) return known
  throw new StartOver(async () => {
    stored.set(body, await files.write(work.caller.tenantId, [drawing], drawing.length))
  })
}

const presentBankData = (data: BankData) => nonNull(data)
