/** @import { CustomerData, FromPage, PaymentState, ToPage, WidgetConfig } from './types.d.ts' */

/**
 * Puts the hosted page of payments into a page of a studio. A plain script without imports, so that one tag is enough:
 * `paymentWidget.init(config)`. What it does with the page goes through a channel that only the page of this host is given.
 */
{
  const isOurs = (/** @type {HTMLScriptElement} */ { src }) => /\/widget\.js(?:[?#]|$)/.test(src)
  const script = document.currentScript ?? [...document.scripts].find(isOurs)
  const root = new URL('.', script instanceof HTMLScriptElement ? script.src : location.href)
  const PATIENCE_MS = 20_000
  const passedOn = /** @type {const} */ ([
    'countryCode',
    'locale',
    'styling',
    'i18n',
    'featureFlags',
    'devMode',
    'hidePaymentButton',
    'customerData',
  ])

  /** @param {WidgetConfig['container']} container an element, its id, or a selector */
  const findContainer = (container) => {
    if (container instanceof Element) return container
    const found = document.getElementById(String(container)) ?? document.querySelector(String(container))
    if (!found) throw new TypeError(`paymentWidget.init: there is no container ${container}.`)
    return found
  }

  /**
   * Where the page of the session is, for a frame in this page.
   *
   * @param {WidgetConfig} config
   */
  const findPage = async ({ userSessionToken, locale, countryCode }) => {
    const headers = { 'x-user-payment-session-token': userSessionToken }
    const response = await fetch(new URL('api/v1/session', root), { headers }).catch(() => undefined)
    const answer = await response?.json().catch(() => undefined)
    if (!response?.ok) {
      const message = `${root.origin} has not opened the payment session. Is it valid, and is ${location.origin} an allowed origin?`
      throw Object.assign(new Error(answer?.errorMessage ?? message), { code: answer?.errorCode ?? 'unreachable' })
    }
    const page = new URL(answer.embeddedPage, root)
    page.searchParams.set('origin', location.origin)
    const tag = locale && countryCode && !/[-_]/.test(locale) ? `${locale}-${countryCode}` : locale
    if (tag) page.searchParams.set('locale', tag)
    page.hash = userSessionToken
    return page
  }

  class Widget {
    #config
    #frame = document.createElement('iframe')
    #channel = new MessageChannel()
    /** @type {PaymentState} */
    #state = { isProcessing: true, canSubmit: false }
    #isDestroyed = false
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    #patience

    /** @param {WidgetConfig} config */
    constructor(config) {
      this.#config = config
      this.#channel.port1.onmessage = ({ data }) => this.#receive(data)
      const { style } = this.#frame
      style.border = '0'
      style.width = '100%'
      this.#frame.title = 'Payment'
      this.#frame.addEventListener('load', () => this.#open(), { once: true })
    }

    /** @param {Element} container */
    async mount(container) {
      try {
        const page = await findPage(this.#config)
        if (this.#isDestroyed) return
        this.#frame.src = page.href
        this.#patience = setTimeout(
          () => this.#fail({ code: 'unreachable', message: 'The page has not answered.' }),
          PATIENCE_MS,
        )
        container.append(this.#frame)
      } catch (error) {
        const { code = 'unreachable', message = String(error) } = /** @type {{ code?: string, message?: string }} */ (
          error
        )
        this.#fail({ code, message })
      }
    }

    /** What a page of a studio holds in its hands. */
    get handle() {
      return {
        destroy: () => this.#destroy(),
        submitPayment: () => this.#send({ type: 'SUBMIT' }),
        getPaymentState: () => ({ ...this.#state }),
        updateCustomerData: (/** @type {CustomerData} */ customerData) =>
          this.#send({ type: 'CUSTOMER', customerData: structuredClone(customerData) }),
      }
    }

    /** Gives the page its end of the channel: the browser hands it to a document of our host alone. */
    #open() {
      if (this.#isDestroyed) return
      const settings = Object.fromEntries(passedOn.map((key) => [key, this.#config[key]]))
      const message = { type: 'palestra.payment.open', settings: JSON.parse(JSON.stringify(settings)) }
      this.#frame.contentWindow?.postMessage(message, root.origin, [this.#channel.port2])
    }

    /** @param {ToPage} message */
    #send(message) {
      this.#log('to page', message)
      this.#channel.port1.postMessage(message)
    }

    /** @param {FromPage} message */
    #receive(message) {
      if (this.#isDestroyed) return
      this.#log('from page', message)
      switch (message.type) {
        case 'READY':
          return clearTimeout(this.#patience)
        case 'HEIGHT':
          this.#frame.style.height = `${Math.ceil(message.height)}px`
          return
        case 'STATE':
          return this.#show(message.state)
        case 'ERROR':
          return this.#config.onError?.(message.problem)
        case 'SUCCESS':
          return this.#config.onSuccess?.(message.token, message.details, message.instrumentToken)
      }
    }

    /** @param {PaymentState} state */
    #show(state) {
      const { isProcessing, canSubmit } = this.#state
      if (state.isProcessing === isProcessing && state.canSubmit === canSubmit) return
      this.#state = state
      this.#config.onPaymentStateChange?.({ ...state })
    }

    /** @param {{ readonly code: string, readonly message: string }} problem */
    #fail(problem) {
      if (this.#isDestroyed) return
      this.#log('failed', problem)
      this.#show({ isProcessing: false, canSubmit: false })
      this.#config.onError?.(problem)
    }

    #destroy() {
      this.#isDestroyed = true
      clearTimeout(this.#patience)
      this.#channel.port1.close()
      this.#frame.remove()
    }

    /**
     * @param {string} what
     * @param {{ readonly type?: string, readonly code?: string }} message only its kind is written: it may hold a token
     */
    #log(what, { type, code }) {
      if (this.#config.devMode) console.debug('paymentWidget', what, type ?? code)
    }
  }

  /** @param {WidgetConfig} config */
  const init = (config) => {
    if (typeof config?.userSessionToken !== 'string')
      throw new TypeError('paymentWidget.init: userSessionToken is missing.')
    const container = findContainer(config.container)
    const widget = new Widget({ ...config })
    void widget.mount(container)
    return widget.handle
  }

  Object.assign(window, { paymentWidget: Object.freeze({ init }) })
}
