import { randomUUID } from 'node:crypto'
import { defined } from '../../../src/platform/values/defined.ts'

export type Fields = Record<string, any>

/** What Stripe refuses, as its API says it. */
export class StripeRefusal extends Error {
  readonly status: number
  readonly error: Fields

  constructor(status: number, error: Fields) {
    super(String(error['code'] ?? error['type']))
    this.status = status
    this.error = error
  }
}

const refusal = (code: string, message: string) =>
  new StripeRefusal(400, { type: 'invalid_request_error', code, message })
const missing = (id: string) =>
  new StripeRefusal(404, { type: 'invalid_request_error', code: 'resource_missing', message: `No such object: ${id}` })

/** How the cards behave that Stripe publishes for tests, by the name of their token. */
const declines: Readonly<Record<string, readonly [code: string, declineCode: string | undefined]>> = {
  pm_card_chargeDeclined: ['card_declined', 'generic_decline'],
  pm_card_chargeDeclinedInsufficientFunds: ['card_declined', 'insufficient_funds'],
  pm_card_chargeDeclinedExpiredCard: ['expired_card', undefined],
  pm_card_chargeDeclinedStolenCard: ['card_declined', 'stolen_card'],
}
const STORES_BUT_FAILS = 'pm_card_chargeCustomerFail'
const CHALLENGES = 'pm_card_authenticationRequired'

/** Everything that Stripe knows of one account. */
export class StripeBook {
  readonly accountId: string
  readonly methods: readonly string[]
  readonly events: Fields[] = []
  readonly #objects = new Map<string, Fields>()
  readonly #now: () => number

  constructor(accountId: string, methods: readonly string[], now: () => number) {
    this.accountId = accountId
    this.methods = methods
    this.#now = now
  }

  get(id: string): Fields {
    const found = this.#objects.get(id)
    if (!found) throw missing(id)
    return found
  }

  list(object: string): readonly Fields[] {
    return [...this.#objects.values()].filter((each) => each['object'] === object)
  }

  /** As the caller wants to see it: with the payment method itself where it asks for that. */
  show(thing: Fields, expand: readonly string[] = []): Fields {
    const { token: _, ...shown } = thing
    const isWanted = expand.some((path) => path.endsWith('payment_method')) && thing['payment_method']
    return isWanted ? { ...shown, payment_method: this.show(this.get(thing['payment_method'])) } : shown
  }

  addCustomer(metadata: Fields): Fields {
    return this.#add('customer', 'cus', { metadata })
  }

  addIntent(object: 'payment_intent' | 'setup_intent', fields: Fields): Fields {
    const prefix = object === 'payment_intent' ? 'pi' : 'seti'
    const intent = this.#add(object, prefix, {
      status: 'requires_payment_method',
      payment_method: null,
      customer: null,
      metadata: {},
      last_payment_error: null,
      last_setup_error: null,
      ...fields,
    })
    intent['client_secret'] = `${intent['id']}_secret_${randomUUID()}`
    if (fields['confirm'] === 'true') this.#confirmAlone(intent)
    return intent
  }

  /** What the payer does in the fields of Stripe. */
  confirm(clientSecret: string, token: string): Fields {
    const intent = this.#bySecret(clientSecret)
    const status = String(intent['status'])
    if (status !== 'requires_payment_method') throw refusal('payment_intent_unexpected_state', `It is ${status}.`)
    const method = this.#addMethod(token)
    if (token === CHALLENGES) {
      Object.assign(intent, { status: 'requires_action', payment_method: method['id'] })
      return intent
    }
    const declined = declines[token]
    if (declined) return this.#decline(intent, declined)
    return this.#approve(intent, method)
  }

  /** What the payer answers to the challenge of a bank. */
  answerChallenge(clientSecret: string, isApproved: boolean): Fields {
    const intent = this.#bySecret(clientSecret)
    if (isApproved) return this.#approve(intent, this.get(intent['payment_method']))
    return this.#decline(intent, ['payment_intent_authentication_failure', undefined])
  }

  capture(id: string): Fields {
    const intent = this.get(id)
    if (intent['status'] !== 'requires_capture') {
      throw refusal('payment_intent_unexpected_state', `It is ${String(intent['status'])}.`)
    }
    this.#take(intent)
    return intent
  }

  /** A bank takes its time with a charge that is authorised, and then gives the money. */
  stall(id: string) {
    this.get(id)['status'] = 'processing'
  }

  finish(id: string) {
    this.#take(this.get(id))
  }

  cancel(id: string): Fields {
    const intent = this.get(id)
    if (['succeeded', 'canceled'].includes(String(intent['status']))) {
      throw refusal('payment_intent_unexpected_state', `It is ${String(intent['status'])}.`)
    }
    intent['status'] = 'canceled'
    return intent
  }

  refund(paymentIntent: string, wanted: number | undefined): Fields {
    const charge = this.findCharge(paymentIntent)
    if (!charge) throw refusal('charge_not_captured', 'Nothing was taken.')
    const left = Number(charge['amount_captured']) - Number(charge['amount_refunded'])
    const amount = wanted ?? left
    if (amount <= 0 || amount > left) throw refusal('charge_already_refunded', 'There is less left.')
    charge['amount_refunded'] += amount
    const refund = this.#add('refund', 're', {
      amount,
      currency: charge['currency'],
      payment_intent: paymentIntent,
      status: 'succeeded',
    })
    this.#send('charge.refunded', charge)
    return refund
  }

  /** The bank of the payer does not take what was given back, some days later. */
  failRefund(id: string, status: 'failed' | 'canceled' = 'failed') {
    const refund = this.get(id)
    const charge = this.findCharge(String(refund['payment_intent']))
    if (charge) charge['amount_refunded'] -= Number(refund['amount'])
    refund['status'] = status
    this.#send('refund.updated', refund)
    if (status === 'failed') this.#send('refund.failed', refund)
  }

  /** The payer contests a payment at the bank. */
  dispute(paymentIntent: string, { amount, status = 'needs_response' }: { amount?: number; status?: string } = {}) {
    const charge = this.findCharge(paymentIntent)
    if (!charge) throw refusal('charge_not_captured', 'Nothing was taken.')
    const { currency } = charge
    const fields = { amount: amount ?? charge['amount'], currency, payment_intent: paymentIntent, status }
    const dispute = this.#add('dispute', 'dp', fields)
    this.#send('charge.dispute.created', dispute)
    return String(dispute['id'])
  }

  closeDispute(id: string, status: 'won' | 'lost' | 'warning_closed') {
    const dispute = this.get(id)
    dispute['status'] = status
    this.#send('charge.dispute.closed', dispute)
  }

  detach(id: string): Fields {
    const method = this.get(id)
    method['customer'] = null
    return method
  }

  findCharge(paymentIntent: string): Fields | undefined {
    return this.list('charge').find((each) => each['payment_intent'] === paymentIntent)
  }

  /** A charge whose payer is not there: declined, it is answered with 402 and stays as it is. */
  #confirmAlone(intent: Fields) {
    const method = this.get(String(intent['payment_method']))
    if (method['customer'] === null || method['customer'] !== intent['customer']) throw missing(method['id'])
    const { token } = method
    const alone = token === CHALLENGES ? (['authentication_required', 'authentication_required'] as const) : undefined
    const fails = token === STORES_BUT_FAILS ? (['card_declined', 'do_not_honor'] as const) : undefined
    const declined = alone ?? fails ?? declines[String(token)]
    if (!declined) return void this.#approve(intent, method)
    const { last_payment_error: error } = this.#decline(intent, declined)
    throw new StripeRefusal(402, { type: 'card_error', ...error, payment_intent: this.show(intent) })
  }

  #approve(intent: Fields, method: Fields): Fields {
    intent['payment_method'] = method['id']
    // Only with a customer a method can be used again.
    const isKept = intent['object'] === 'setup_intent' || intent['setup_future_usage'] === 'off_session'
    if (isKept) method['customer'] = intent['customer']
    if (intent['object'] === 'setup_intent') {
      intent['status'] = 'succeeded'
      this.#send('setup_intent.succeeded', intent)
    } else if (intent['capture_method'] === 'manual') intent['status'] = 'requires_capture'
    else this.#take(intent)
    return intent
  }

  #decline(intent: Fields, [code, decline_code]: readonly [string, string | undefined]): Fields {
    const error = { type: 'card_error', code, ...defined({ decline_code }) }
    const isSetup = intent['object'] === 'setup_intent'
    const why = isSetup ? { last_setup_error: error } : { last_payment_error: error }
    Object.assign(intent, { status: 'requires_payment_method', payment_method: null, ...why })
    if (!isSetup) this.#send('payment_intent.payment_failed', intent)
    return intent
  }

  #take(intent: Fields) {
    intent['status'] = 'succeeded'
    const { amount, currency, id } = intent
    const money = { amount, amount_captured: amount, amount_refunded: 0, currency }
    this.#add('charge', 'ch', { ...money, payment_intent: id })
    this.#send('payment_intent.succeeded', intent)
  }

  #addMethod(token: string): Fields {
    const card = { brand: 'visa', last4: '4242', exp_month: 12, exp_year: 2034 }
    const details = { type: 'card', card, billing_details: { name: 'Mara Lindner' } }
    const isWallet = token === 'pm_bank'
    return this.#add('payment_method', 'pm', {
      ...(isWallet ? { type: 'ideal', billing_details: { name: null } } : details),
      customer: null,
      token,
    })
  }

  #add(object: string, prefix: string, fields: Fields): Fields {
    const id = `${prefix}_${randomUUID().replaceAll('-', '')}`
    const thing = { id, object, created: this.#now(), ...fields }
    this.#objects.set(id, thing)
    return thing
  }

  #send(type: string, object: Fields) {
    const id = `evt_${randomUUID().replaceAll('-', '')}`
    const data = { object: structuredClone(this.show(object)) }
    this.events.push({ id, object: 'event', type, created: this.#now(), data })
  }

  #bySecret(clientSecret: string): Fields {
    const found = [...this.#objects.values()].find((each) => each['client_secret'] === clientSecret)
    if (!found) throw missing(clientSecret)
    return found
  }
}
