import type { RawRequest, TestAnswer, TestApp } from '../app.ts'
import type { TestStudio } from './world.ts'
import { configurePayments, type SettingChanges } from '../../../src/payments/settings.ts'

/** Switches payments on in a studio. */
export function allowPayments(app: TestApp, changes: SettingChanges = {}, studio: TestStudio = app.berlin) {
  return app.write((work) => configurePayments(work, studio.studioId, { active: true, ...changes }), studio)
}

/** A session as a payer's browser has it. */
export interface PayerBrowser {
  readonly userSessionToken: string
  readonly identity: string
  send(method: string, path: string, body?: unknown, headers?: RawRequest['headers']): Promise<TestAnswer>
  /** Begins a request and sends what the payer has chosen; answers the token and the answer. */
  pay(body: object): Promise<{ readonly token: string; readonly answer: TestAnswer }>
}

/** Opens a session through the API. */
export async function openPayer(app: TestApp, session: object, as: TestStudio = app.berlin): Promise<PayerBrowser> {
  const { status, body } = await app.post('/v1/payments/user-session', { referenceText: 'Test', ...session }, { as })
  if (status !== 200) throw new Error(`no session: ${JSON.stringify(body)}`)
  return browse(app, body.token, body.finionPayCustomerId)
}

export function browse(app: TestApp, userSessionToken: string, identity = ''): PayerBrowser {
  const send: PayerBrowser['send'] = async (method, path, body, headers = {}) => {
    const response = await app.app.server.inject({
      method: method as 'GET',
      url: `/payment-gateway/api/v1${path}`,
      headers: {
        'x-user-payment-session-token': userSessionToken,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { payload: JSON.stringify(body) }),
    })
    const text = response.body
    return {
      status: response.statusCode,
      body: text === '' ? undefined : JSON.parse(text),
      text,
      headers: response.headers,
    }
  }
  return {
    userSessionToken,
    identity,
    send,
    pay: async (body) => {
      const { body: begun } = await send('POST', '/payment-requests')
      return { token: begun.token, answer: await send('POST', `/payments/${begun.token}`, body) }
    },
  }
}

/** A card as a payer types it. */
export const card = (number: string) => ({
  paymentMethod: 'CREDIT_CARD',
  card: { number, expiryMonth: 12, expiryYear: 2030, holder: 'Mara Lindner' },
})

export const mandate = (iban: string) => ({
  paymentMethod: 'SEPA',
  bankAccount: { holder: 'Mara Lindner', iban },
  mandateAccepted: true,
})
