import { choosePayment, type PayingAccount } from '../../accounts/index.ts'
import { customerUpdated } from '../../customers/index.ts'
import type { UnitOfWork } from '../../platform/units/work.ts'
import { paymentInstrumentUpdated } from '../events.ts'
import { paymentHooks } from '../hooks.ts'
import {
  activateInstrument,
  countMandates,
  findStudioNumber,
  replaceRunDefault,
  shareInstrument,
} from './instrument-store.ts'
import { isDirectDebit, type Method } from '../method-rules.ts'
import { mandateReference } from './mandate-rules.ts'

/** How a customer pays from now on. */
export interface Installation {
  readonly customerId: number
  readonly method: Method
  /** Null: by hand, or nothing that could be charged. */
  readonly instrumentId: number | null
  /** A customer who has just been created: partners receive that event alone. */
  readonly isNew?: boolean
}

/**
 * Makes an instrument the one that a customer is charged by, with a mandate where it is a bank account. The one before is
 * replaced; debits that a bank has already stay as they are. A waiting request for other payment data is superseded.
 */
export async function installInstrument(work: UnitOfWork, installation: Installation) {
  const { customerId, method, instrumentId, isNew = false } = installation
  const account = await choosePayment(work, customerId, method)
  await replaceRunDefault(work.tx, customerId, instrumentId, work.now)
  if (instrumentId !== null) {
    const mandateRef = isDirectDebit(method) ? await newMandate(work, account) : null
    const { entityId } = account
    await activateInstrument(work.tx, instrumentId, { customerId, entityId, mandateRef, isRunDefault: true }, work.now)
  }
  await paymentHooks().supersedePaymentData(work, customerId)
  const diff = { paymentChoice: [null, method], instrumentId: [null, instrumentId] } as const
  work.audit({ action: 'paymentInstrument.installed', entityKind: 'customer', entityId: customerId, diff })
  if (isNew) return
  const about = { entityId: customerId, customerId, audienceStudioIds: [account.homeStudioId] }
  work.emit(customerUpdated(about))
  work.emit(paymentInstrumentUpdated(about))
}

async function newMandate({ tx }: UnitOfWork, { customerId, homeStudioId, debtorId }: PayingAccount): Promise<string> {
  const studioNumber = await findStudioNumber(tx, homeStudioId)
  return mandateReference({ studioNumber, debtorId, count: (await countMandates(tx, customerId)) + 1 })
}

/** Keeps what paid a purchase for the next ones. */
export async function adoptInstrument(work: UnitOfWork, instrumentId: number, customerId: number) {
  await shareInstrument(work.tx, instrumentId, customerId, work.now)
  const diff = { instrumentId: [null, instrumentId] } as const
  work.audit({ action: 'paymentInstrument.kept', entityKind: 'customer', entityId: customerId, diff })
}
