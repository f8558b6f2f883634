/** @import { PaymentRequest, Session } from './types.d.ts' */

/** Why the gateway has not done what was asked for, in the words that the payer reads. */
export class Refusal extends Error {
  /**
   * @param {string} message
   * @param {{ readonly code: string, readonly status: number }} reason status 0: no answer has come
   */
  constructor(message, { code, status }) {
    super(message)
    this.code = code
    this.status = status
  }

  /** Whether the call may have been done all the same. */
  get isUncertain() {
    return this.status === 0 || this.status >= 500
  }
}

/** The calls of a payer, with the token of the session. */
export class Gateway {
  #token
  #language
  #offline
  #root = new URL('../../api/v1/', import.meta.url)

  /**
   * @param {string} token
   * @param {string} language of what the gateway answers
   * @param {string} offline what the payer reads when no answer comes
   */
  constructor(token, language, offline) {
    this.#token = token
    this.#language = language
    this.#offline = offline
  }

  /** @returns {Promise<Session>} */
  showSession() {
    return this.#call('GET', 'session')
  }

  /** @returns {Promise<{ token: string }>} */
  openRequest() {
    return this.#call('POST', 'payment-requests')
  }

  /**
   * @param {string} request
   * @param {object} body
   * @returns {Promise<PaymentRequest>}
   */
  authorise(request, body) {
    return this.#call('POST', `payments/${request}`, body)
  }

  /**
   * @param {string} request
   * @returns {Promise<PaymentRequest>}
   */
  show(request) {
    return this.#call('GET', `payments/${request}`)
  }

  /**
   * Goes on after the payer has approved elsewhere.
   *
   * @param {string} request
   * @returns {Promise<PaymentRequest>}
   */
  proceed(request) {
    return this.#call('PUT', `payments/${request}/authenticate`)
  }

  /**
   * @param {string} request
   * @returns {Promise<void>}
   */
  giveUp(request) {
    return this.#call('DELETE', `payments/${request}`)
  }

  /**
   * @param {string} method
   * @param {string} path
   * @param {object} [body]
   */
  async #call(method, path, body) {
    const headers = {
      'x-user-payment-session-token': this.#token,
      'accept-language': this.#language,
      ...(body ? { 'content-type': 'application/json' } : {}),
    }
    const init = { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) }
    const response = await fetch(new URL(path, this.#root), init).catch(() => undefined)
    const answer = await response?.json().catch(() => undefined)
    if (response?.ok) return answer
    const { errorMessage = this.#offline, errorCode = 'offline' } = answer ?? {}
    throw new Refusal(errorMessage, { code: errorCode, status: response?.status ?? 0 })
  }
}
