import { hostedPageUrl } from '../payments/page/page-address.ts'

/** What the gateway answered instead of what was asked for. */
export class GatewayRefusal extends Error {
  override readonly name = 'GatewayRefusal'
}

export interface GatewayPayment {
  /** For the operation that is paid. */
  readonly paymentRequestToken: string
  /** PREAUTHED when the payer has nothing left to do. */
  readonly status: string
  /** Where the payer has to approve, if anywhere. */
  readonly approveAt: string | null
  /** The page on which a payer does the same, and sees how it stands. */
  readonly page: string
}

/** The sandbox takes any year to come. */
const EXPIRY_YEAR = 2040

/** Begins a request in a payment session, pays it with a card, and asks how it stands: the three calls of a payer. */
export async function payInGateway(publicUrl: string, sessionToken: string, card: string): Promise<GatewayPayment> {
  const call = async (method: string, path: string, body?: object) => {
    const response = await fetch(`${publicUrl}/payment-gateway/api/v1${path}`, {
      method,
      headers: { 'content-type': 'application/json', 'x-user-payment-session-token': sessionToken },
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
    const answer = (await response.json()) as Readonly<Record<string, unknown>>
    if (!response.ok) throw new GatewayRefusal(JSON.stringify(answer['errorMessage'] ?? response.status))
    return answer
  }
  const { token } = await call('POST', '/payment-requests')
  const path = `/payments/${String(token)}`
  await call('POST', path, {
    paymentMethod: 'CREDIT_CARD',
    card: { number: card, expiryMonth: 12, expiryYear: EXPIRY_YEAR, holder: 'Test' },
  })
  const { status, nextAction } = await call('PUT', `${path}/authenticate`)
  const approveAt = (nextAction as { url?: string } | undefined)?.url ?? null
  const page = hostedPageUrl({ publicUrl, paymentHost: undefined }, sessionToken)
  return { paymentRequestToken: String(token), status: String(status), approveAt, page }
}
