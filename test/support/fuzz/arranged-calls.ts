import assert from 'node:assert/strict'
import { cancelationReason, moduleIds } from '../../../src/demo/house/catalogue.ts'
import { inboundKey } from '../../../src/demo/house/keys.ts'
import { frequency } from '../../../src/demo/house/offers.ts'
import { memberIds } from '../../../src/demo/people/members.ts'
import type { DemoApp } from '../demo-app.ts'
import type { ExampleCall } from '../example-calls.ts'

/** The parts of such a call, by its operation. */
export type ArrangedCalls = Readonly<Record<string, Partial<ExampleCall['parts']>>>

/**
 * Calls that succeed only when something was done before or a day was read from an earlier answer, with that done. Each has
 * a member of its own whom no other generated request names.
 */
export async function arrangeCalls(app: DemoApp): Promise<ArrangedCalls> {
  const [leaver = 0, stayer = 0, seller = 0, keeper = 0, ...others] = memberIds.slice(40)
  const visitor = await letSomeoneIn(app, others)
  const [leaving, staying] = [await findContract(app, leaver), await findContract(app, stayer)]
  await expectDone(app.post(cancelationPath(stayer), cancelationFor(staying)))
  const [sold, kept] = [await buyDrinks(app, seller), await buyDrinks(app, keeper)]
  await expectDone(app.post(`${kept.path}/ordinary-cancelation`, kept.wish))
  return {
    checkOutCustomer: { params: { customerId: visitor } },
    // Edgar is kept out by then.
    useBenefit: { params: { customerId: visitor, benefitKey: 'BENEFIT_KEY' } },
    createContractCancelationAmendment: { params: { customerId: leaver }, body: cancelationFor(leaving) },
    withdrawContractCancelation: { params: { customerId: stayer, contractId: staying.id } },
    createModuleContractCancelationAmendment: { params: sold.params, body: sold.wish },
    withdrawAdditionalModuleContractCancelation: { params: kept.params },
    updateDebtCollection: { body: await reportOfAgency(app) },
  }
}

/** A payment of the first debtor of the run that the agency of the demo has. */
async function reportOfAgency(app: DemoApp) {
  const headers = { 'x-api-key': inboundKey('demoBerlinAgency') }
  const { body } = await app.sendRaw('GET', '/v1/debt-collection/901/debtors', { headers })
  const [{ debtorId, collectionCases }] = body.result
  const [{ collectionCaseId, debt }] = collectionCases
  const { debtId, amount: originalAmount, currency } = debt[1]
  const paid = { debtId, originalAmount, canceledAmount: 0, paidAmount: 5, currency }
  const agencyCase = { agencyCollectionCaseId: 'DEMO-1', collectionCaseIds: [collectionCaseId], debts: [paid] }
  return { requestId: 'report-of-a-payment', debtors: [{ debtorId, agencyCollectionCases: [agencyCase] }] }
}

/** The first who may enter and is not inside. */
async function letSomeoneIn(app: DemoApp, members: readonly number[]) {
  for (const customerId of members) {
    const { status } = await app.post(`/v1/customers/${customerId}/checkin`, {})
    if (status === 200) return customerId
  }
  throw new Error('Nobody may enter.')
}

const cancelationPath = (customerId: number) =>
  `/v1/memberships/${customerId}/self-service/ordinary-contract-cancelation`

interface Cancelable {
  readonly id: number
  readonly availableCancelationDates: readonly string[]
}

const wishFor = ({ availableCancelationDates: [cancelationDate] }: Cancelable) => ({
  cancelationDate,
  cancelationReasonId: cancelationReason.moving,
})
const cancelationFor = (contract: Cancelable) => ({ contractId: contract.id, ...wishFor(contract) })

async function findContract(app: DemoApp, customerId: number): Promise<Cancelable> {
  const { body } = await app.get(`/v1/memberships/${customerId}/self-service/contract-data`)
  return body[0]
}

/** A module contract beside the contract of a member, and a wish to cancel it. */
async function buyDrinks(app: DemoApp, customerId: number) {
  const { id: contractId } = await findContract(app, customerId)
  const selfService = `/v1/memberships/${contractId}/self-service`
  const choice = {
    additionalModuleId: moduleIds.drinks.id,
    paymentFrequencyId: frequency.drinks,
    bookTrialPeriod: false,
  }
  const bought = await expectDone(app.post(`${selfService}/additional-modules/purchase`, choice))
  const params = { contractId, additionalModuleContractId: bought.id }
  const path = `${selfService}/additional-module-contracts/${bought.id}`
  return { params, path, wish: wishFor((await app.get(path)).body) }
}

async function expectDone(answer: ReturnType<DemoApp['post']>) {
  const { status, text, body } = await answer
  assert.ok(status < 300, text)
  return body
}
