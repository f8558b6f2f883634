/** @import { ElementsAction, StripeConfirmation } from './types.d.ts' */

/**
 * The fields of Stripe in this page. What a payer types into them goes to Stripe alone; no program of ours sees it.
 */
export class ProviderFields {
  #stripe
  #elements
  #payment
  #action

  /**
   * @param {ElementsAction} action
   * @param {string} language
   */
  constructor(action, language) {
    if (!window.Stripe) throw new Error('The program of the provider is not loaded.')
    this.#action = action
    this.#stripe = window.Stripe(action.publishableKey, { locale: language })
    this.#elements = this.#stripe.elements({ clientSecret: action.clientSecret })
    this.#payment = this.#elements.create('payment')
  }

  /** Whether the browser could load what the fields need. */
  static get isLoaded() {
    return window.Stripe !== undefined
  }

  /** @param {HTMLElement} place */
  mount(place) {
    this.#payment.mount(place)
  }

  /**
   * Sends what is filled in. Answers what is wrong with it; undefined where the provider has it, whatever has come of it.
   * Some ways of paying lead away from this page and back to it.
   *
   * @returns {Promise<string | undefined>}
   */
  async confirm() {
    const { error: missing } = await this.#elements.submit()
    if (missing) return missing.message ?? missing.type
    const { clientSecret, intent } = this.#action
    // The token of the session stays behind: this window remembers it.
    const confirmParams = { return_url: location.href.replace(location.hash, '') }
    /** @type {StripeConfirmation} */
    const wish = { elements: this.#elements, clientSecret, confirmParams, redirect: 'if_required' }
    const { error } = await (intent === 'SETUP' ? this.#stripe.confirmSetup(wish) : this.#stripe.confirmPayment(wish))
    return error?.type === 'validation_error' ? (error.message ?? error.type) : undefined
  }
}
