import type { Static } from 'typebox'
import { createCustomer, judgeNewPerson, localSight } from '../../customers/index.ts'
import { ApiError, referTo } from '../../platform/errors/errors.ts'
import type { ModuleDeps } from '../../platform/module-deps.ts'
import type { PartnerWork } from '../../platform/units/work.ts'
import type { SignupRequest } from '../api-schemas.ts'
import { readDate } from '../wishes.ts'
import { judgeOrder } from './orders.ts'
import { checkPayment, findDueOnSigning } from './payment-terms.ts'
import { signContract } from './signing.ts'

export interface SignedUp {
  readonly customerId: number
  readonly contractId: number
}

/**
 * A person who is not known yet signs a membership: customer and contract come into being together, or neither. Refuses as
 * the preview does, then as creating a customer does.
 */
export async function signUp(
  work: PartnerWork,
  { contract, customer }: Static<typeof SignupRequest>,
  deps: ModuleDeps,
): Promise<SignedUp> {
  const { id: studioId } = work.caller.studio
  const { paymentRequestToken, ...person } = customer
  const buyer = async () => {
    await inCustomer(() => judgeNewPerson(work, person, studioId))
    return { birthDate: readDate(customer.dateOfBirth), isMember: false }
  }
  const order = await judgeOrder(work, { wish: contract, buyer }, deps)
  const { offer, plan } = order.quote
  const payment = await checkPayment(work, {
    due: findDueOnSigning(plan),
    customerId: 'NEW',
    choices: offer.paymentChoices,
    tokens: {
      instrument: { token: paymentRequestToken, reference: 'customer.paymentRequestToken' },
      payment: { token: contract.initialPaymentRequestToken, reference: 'contract.initialPaymentRequestToken' },
    },
  })
  const context = { studioId, source: 'API', sight: localSight(work), secrets: deps.secrets } as const
  const customerId = await inCustomer(() => createCustomer(work, person, context))
  const { notes = null, thirdPartyId = null, employeeId = null } = contract
  const { referredByCustomerId } = order
  const contractId = await signContract(work, {
    ...order,
    customerId,
    isNewCustomer: true,
    homeStudioId: studioId,
    studioId,
    payment,
    details: { origin: 'SIGNUP', notes, thirdPartyId, employeeId, referredByCustomerId },
  })
  return { customerId, contractId }
}

/** The person is a part of the body: refusals name its fields from the body on. */
async function inCustomer<T>(judge: () => Promise<T>): Promise<T> {
  try {
    return await judge()
  } catch (error) {
    throw error instanceof ApiError ? referTo('customer', error) : error
  }
}
