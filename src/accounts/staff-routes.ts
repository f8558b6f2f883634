import { randomUUID } from 'node:crypto'
import { badRequest, conflict, refuseFields, violation } from '../platform/errors/errors.ts'
import type { StaffOperations } from '../platform/staff/staff-operations.ts'
import type { UnitOfWork } from '../platform/units/work.ts'
import { type Money, readMoney } from '../platform/values/money.ts'
import { billingStaff } from './billing/staff-billing-routes.ts'
import { openBooks } from './legal-entities/books.ts'
import { chargeCustomer } from './charge.ts'
import * as legalEntities from './legal-entities/legal-entities.ts'
import { companyStaff } from './companies/staff-company-routes.ts'
import { dunningStaff } from './dunning/staff-dunning-routes.ts'
import { payOutCredit, reverseCreditEntry, topUpCredit } from './credits/consumption-credit.ts'
import { closeDays } from './journal/day-close.ts'
import { journalStaff } from './journal/staff-journal-routes.ts'
import { planInstallments } from './installments.ts'
import { bookPayment, reallocatePayment, reversePayment } from './pay.ts'
import { creditClaim, lockClaim, writeOffClaim } from './reductions.ts'
import { refundCredit } from './refund.ts'
import * as api from './staff-api.ts'
import { readDay } from '../platform/time/zoned-time.ts'

/** Binds what staff do with the money of customers. */
export function accountStaff(operations: StaffOperations) {
  claims(operations)
  payments(operations)
  credit(operations)
  books(operations)
  billingStaff(operations)
  dunningStaff(operations)
  journalStaff(operations)
  companyStaff(operations)
}

const newKey = () => `staff:${randomUUID()}`

interface Wish {
  readonly amount: string
  readonly description: string
  readonly studioId?: number | undefined
}

/** What staff move by hand, in the currency of the customer's books. */
async function readMovement(work: UnitOfWork, customerId: number, { amount, description, studioId }: Wish) {
  const { currency, homeStudioId } = await openBooks(work, customerId)
  const money = readPositive(amount, currency)
  return { customerId, amount: money, description, studioId: studioId ?? homeStudioId, journalKey: newKey() }
}

function readPositive(amount: string, currency: string): Money {
  const money = readMoney(amount, currency, 'amount')
  if (money.minor > 0n) return money
  throw refuseFields([violation('amount', 'min', { type: 'DECIMAL', value: 0 })])
}

async function readReduction(work: UnitOfWork, claimId: number, body: Partial<Wish>) {
  const { claim } = await lockClaim(work, claimId)
  // What an agency collects is given up by closing its case.
  if (claim.collectionState !== 'NONE') {
    throw badRequest('errormessage.account.claimInDebtCollection', { args: [{ type: 'INTEGER', value: claimId }] })
  }
  const amount = body.amount === undefined ? undefined : readPositive(body.amount, claim.currency)
  return { claimId, amount, description: body.description, journalKey: newKey() }
}

function claims(operations: StaffOperations) {
  operations.write(api.createClaim, async (work, { body }) => {
    const { serviceFrom, serviceTo, dueDate, taxCodeId, isSale } = body
    const [from, to] = [readDay(serviceFrom), readDay(serviceTo)]
    if ((from === undefined) !== (to === undefined)) throw refuseFields([violation('serviceTo', 'required')])
    const movement = await readMovement(work, body.customerId, body)
    const sale = { kind: 'SALE', chargeType: 'SALE' } as const
    const kind = isSale ? sale : ({ kind: 'PRINCIPAL_CLAIM', chargeType: 'OTHER' } as const)
    const service = from && to ? { from, to } : undefined
    return {
      claimId: await chargeCustomer(work, { ...movement, ...kind, service, dueOn: readDay(dueDate), taxCodeId }),
    }
  })
  operations.write(api.creditClaim, async (work, { params: { claimId }, body }) => {
    const noteId = await creditClaim(work, await readReduction(work, claimId, body))
    if (noteId === undefined) throw conflict('errormessage.account.alreadyReversed')
    return { claimId: noteId }
  })
  operations.write(api.writeOffClaim, async (work, { params: { claimId }, body }) => ({
    entryId: await writeOffClaim(work, await readReduction(work, claimId, body)),
  }))
  operations.write(api.planInstallments, async (work, { body }) => {
    const dueDates = body.dueDates.map((text) => Temporal.PlainDate.from(text))
    return { claimIds: await planInstallments(work, { ...body, dueDates, journalKey: newKey() }) }
  })
}

function payments(operations: StaffOperations) {
  operations.write(api.createPayment, async (work, { body }) => {
    const { method, claimIds, valueDate } = body
    const movement = await readMovement(work, body.customerId, body)
    return { paymentId: await bookPayment(work, { ...movement, method, claimIds, valueDate: readDay(valueDate) }) }
  })
  operations.write(api.reversePayment, async (work, { params: { paymentId }, body }) => ({
    entryId: (await reversePayment(work, { paymentId, ...body })).entryId,
  }))
  operations.write(api.reallocatePayment, async (work, { params: { paymentId }, body: { claimIds } }) => {
    await reallocatePayment(work, paymentId, claimIds)
    return { paymentId }
  })
  operations.write(api.refundCredit, async (work, { params: { customerId }, body }) => {
    const movement = await readMovement(work, customerId, body)
    return { entryId: await refundCredit(work, { ...movement, method: body.method }) }
  })
}

function credit(operations: StaffOperations) {
  operations.write(api.topUpCredit, async (work, { params: { customerId }, body }) => {
    const movement = await readMovement(work, customerId, body)
    return { entryId: await topUpCredit(work, { ...movement, method: body.method }) }
  })
  operations.write(api.payOutCredit, async (work, { params: { customerId }, body }) => {
    const movement = await readMovement(work, customerId, body)
    return { entryId: await payOutCredit(work, { ...movement, method: body.method }) }
  })
  operations.write(api.correctCredit, async (work, { params: { entryId }, body: { description } }) => ({
    entryId: await reverseCreditEntry(work, entryId, description),
  }))
}

function books(operations: StaffOperations) {
  operations.write(api.createLegalEntity, async (work, { body }) => ({
    legalEntityId: await legalEntities.createLegalEntity(work, body),
  }))
  operations.write(api.updateLegalEntity, async (work, { params: { legalEntityId }, body }) => {
    await legalEntities.updateLegalEntity(work, legalEntityId, body)
    return { legalEntityId }
  })
  operations.write(api.assignStudio, async (work, { params: { legalEntityId, studioId } }) => {
    await legalEntities.assignStudio(work, legalEntityId, studioId)
    return { legalEntityId }
  })
  operations.write(api.createTaxCode, async (work, { params: { legalEntityId }, body }) => {
    const validFrom = Temporal.PlainDate.from(body.validFrom)
    return { taxCodeId: await legalEntities.createTaxCode(work, legalEntityId, { ...body, validFrom }) }
  })
  operations.write(api.setTaxRate, async (work, { params: { taxCodeId }, body }) => {
    await legalEntities.setTaxRate(work, taxCodeId, { ...body, validFrom: Temporal.PlainDate.from(body.validFrom) })
    return { taxCodeId }
  })
  operations.write(api.setTaxKey, async (work, { params: { taxCodeId }, body: { taxKey = null } }) => {
    await legalEntities.setTaxKey(work, taxCodeId, taxKey)
    return { taxCodeId }
  })
  operations.write(api.setAccountNumber, async (work, { params: { accountId }, body: { number } }) => {
    await legalEntities.setAccountNumber(work, accountId, number)
    return { accountId }
  })
  operations.write(api.closeDay, async (work, { params: { studioId }, body }) => ({
    closed: await closeDays(work, studioId, Temporal.PlainDate.from(body.day)),
  }))
}
