/** @import { ElementsAction, PaymentRequest, PaymentState, Session, Settings, Way } from './types.d.ts' */
/** @import { Embedding } from './embedding.js' */
/** @import { Gateway } from './gateway.js' */
/** @import { Screen } from './screen.js' */
/** @import { Voice } from './voice.js' */
import { Refusal } from './gateway.js'
import { Poll } from './poll.js'
import { ProviderFields } from './provider-fields.js'
import { listWays } from './ways.js'

/**
 * Leads a payer through one session. The gateway keeps how far the payer has come: everything here can be closed at any
 * moment and begins again where the gateway is.
 */
export class Checkout {
  #page
  /** @type {string | undefined} the request that the next attempt uses */
  #request
  /** Whether the last call about it may have been done although no answer came. */
  #isUncertain = false
  /** @type {Way | undefined} */
  #way
  #isProcessing = false
  #poll = new Poll()
  /** @type {(() => void) | undefined} sends what is filled into fields of the provider, while these are shown */
  #submitFields
  #label = ''
  #holder = ''

  /**
   * @param {{ gateway: Gateway, screen: Screen, voice: Voice, embedding: Embedding, settings: Settings, language: string,
   *   accepts: (session: Session) => boolean, moves: (session: Session) => boolean, leave: (url: string) => boolean,
   *   findWindow: (request: PaymentRequest) => string | undefined }} page
   *   `accepts` says whether the session belongs here, `moves` goes to the page that it needs, `leave` goes to a page of the provider if
   *   that one leads back here, `findWindow` says where fields of the provider have to stand if not here
   */
  constructor(page) {
    this.#page = page
  }

  /** Begins where the session is. */
  async start() {
    this.#poll.stop()
    this.#submitFields = undefined
    await this.#attempt(async () => {
      const session = await this.#page.gateway.showSession()
      if (!this.#page.accepts(session)) return this.#end('linkMissing')
      if (this.#page.moves(session)) return
      this.#page.screen.introduce(session)
      const { voice } = this.#page
      const { amount } = session
      this.#label = amount.amount > 0 ? voice.say('pay', voice.money(amount)) : voice.say('confirm')
      if (session.state === 'CONSUMED') return this.#page.screen.showEnd(this.#page.voice.say('used'))
      if (session.state !== 'OPEN') return this.#end(session.state === 'LOCKED' ? 'locked' : 'over')
      const { paymentRequest: begun } = session
      if (begun && begun.status !== 'CREATED') return this.#settle(begun.token, begun)
      this.#request = begun?.token
      this.#choose(session)
    })
  }

  /** @param {string} name */
  fillHolder(name) {
    this.#holder = name
    if (name !== '') this.#way?.fields?.fillHolder(name)
  }

  /** Sends what the payer has chosen, once at a time. */
  async submit() {
    if (this.#isProcessing) return
    if (this.#submitFields) return this.#submitFields()
    if (!this.#way || !this.#canSubmit) return
    const { method: paymentMethod, instrumentToken: paymentInstrumentToken, fields } = this.#way
    const chosen = paymentInstrumentToken ? { paymentInstrumentToken } : fields?.read()
    if (fields && !chosen) return
    await this.#attempt(async () => {
      const { gateway } = this.#page
      const token = (this.#request ??= (await gateway.openRequest()).token)
      const known = this.#isUncertain ? await gateway.show(token) : undefined
      const isNew = known === undefined || known.status === 'CREATED'
      const answer = isNew ? await gateway.authorise(token, { paymentMethod, ...chosen }) : known
      this.#isUncertain = false
      const url = pageUrl(answer)
      if (!url || !this.#page.leave(url)) await this.#settle(token, answer)
    })
  }

  get #canSubmit() {
    if (this.#submitFields) return true
    return this.#way !== undefined && (this.#way.fields?.canSubmit() ?? true)
  }

  /** @param {Session} session */
  #choose(session) {
    const { voice, settings, screen } = this.#page
    const ways = listWays({ session, voice, settings, onChange: () => this.#reflect() })
    screen.showWays(ways, {
      label: this.#label,
      onChoose: (way) => {
        this.#way = way
        this.fillHolder(this.#holder)
        this.#reflect()
      },
      onSubmit: () => void this.submit(),
    })
  }

  /**
   * @param {string} token
   * @param {PaymentRequest} answer
   * @returns {Promise<void>}
   */
  async #settle(token, answer) {
    switch (answer.status) {
      case 'PREAUTHED':
      case 'CONSUMED':
        return this.#finish(token, answer)
      case 'PENDING_AUTHENTICATION':
        return this.#wait(token, answer)
      case 'FAILED':
        return this.#refuse(answer.failureReason)
      default:
        this.#request = undefined
        return this.start()
    }
  }

  /**
   * @param {string} token
   * @param {PaymentRequest} answer
   */
  #finish(token, { paymentInstrumentDetails: details, paymentInstrumentToken: instrumentToken }) {
    this.#poll.stop()
    this.#way = undefined
    this.#submitFields = undefined
    this.#page.screen.showDone(() => void this.#giveUp(token))
    this.#page.embedding.send({ type: 'SUCCESS', token, details, instrumentToken })
  }

  /**
   * @param {string} token
   * @param {PaymentRequest} known
   * @returns {Promise<void>}
   */
  async #wait(token, known) {
    this.#way = undefined
    const { gateway, screen } = this.#page
    // A page that was opened again does not know where the payer approves.
    const answer = known.nextAction ? known : await gateway.proceed(token)
    if (answer.status !== 'PENDING_AUTHENTICATION') return this.#settle(token, answer)
    const { nextAction } = answer
    const ownWindow = nextAction?.type === 'ELEMENTS' ? this.#page.findWindow(answer) : undefined
    if (nextAction?.type === 'ELEMENTS' && !ownWindow) return this.#showFields(token, nextAction)
    screen.showWaiting(ownWindow ?? pageUrl(answer), () => void this.#giveUp(token))
    this.#poll.start(async () => {
      const next = await gateway.proceed(token)
      if (next.status === 'PENDING_AUTHENTICATION') return
      this.#poll.stop()
      await this.#attempt(() => this.#settle(token, next))
    })
  }

  /**
   * The payer fills in the fields of the provider, which says afterwards how the request stands.
   *
   * @param {string} token
   * @param {ElementsAction} action
   */
  #showFields(token, action) {
    const { gateway, screen, voice, language } = this.#page
    if (!ProviderFields.isLoaded) return screen.showEnd(voice.say('offline'), () => void this.start())
    const fields = new ProviderFields(action, language)
    const send = () =>
      this.#attempt(async () => {
        const wrong = await fields.confirm()
        if (wrong !== undefined) return screen.alert(wrong)
        await this.#settle(token, await gateway.proceed(token))
      })
    this.#submitFields = () => void send()
    screen.showFields((place) => fields.mount(place), {
      label: this.#label,
      onSubmit: this.#submitFields,
      onGiveUp: () => void this.#giveUp(token),
    })
  }

  /** @param {string | undefined} reason */
  async #refuse(reason) {
    this.#request = undefined
    const code = reason ?? 'AUTHORIZATION_DECLINED'
    const message = this.#page.voice.say(code === 'INSUFFICIENT_COVERING' ? 'noFunds' : 'declined')
    // The form stays as it is filled in; a page that comes back from the provider has none.
    if (!this.#way) await this.start()
    this.#complain(code, message)
  }

  /** @param {string} token */
  #giveUp(token) {
    this.#poll.stop()
    return this.#attempt(async () => {
      await this.#page.gateway.giveUp(token)
      this.#request = undefined
      this.#isProcessing = false
      await this.start()
    })
  }

  /** @param {string} key */
  #end(key) {
    const message = this.#page.voice.say(key)
    this.#page.screen.showEnd(message)
    this.#page.embedding.send({ type: 'ERROR', problem: { code: key, message } })
  }

  /** @param {() => unknown} work */
  async #attempt(work) {
    this.#isProcessing = true
    this.#reflect()
    this.#page.screen.alert('')
    try {
      await work()
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      await this.#recover(error)
    } finally {
      this.#isProcessing = false
      this.#reflect()
    }
  }

  /** @param {Refusal} refusal */
  async #recover(refusal) {
    const { code, message, isUncertain, status } = refusal
    this.#isUncertain ||= isUncertain
    this.#complain(code, message)
    if (!this.#way) return this.#page.screen.showEnd(message, () => void this.start())
    // The session is over, or another window has gone on with it.
    if (status === 401 || status === 403) this.#way = undefined
    if (status === 409) {
      this.#way = undefined
      this.#request = undefined
      await this.start()
    }
  }

  /**
   * @param {string} code
   * @param {string} message
   */
  #complain(code, message) {
    this.#page.screen.alert(message)
    this.#page.embedding.send({ type: 'ERROR', problem: { code, message } })
  }

  #reflect() {
    /** @type {PaymentState} */
    const state = { isProcessing: this.#isProcessing, canSubmit: !this.#isProcessing && this.#canSubmit }
    this.#page.screen.reflect(state)
    this.#page.embedding.send({ type: 'STATE', state })
  }
}

/**
 * The page on which the payer approves, if there is one.
 *
 * @param {PaymentRequest} answer
 */
function pageUrl({ nextAction }) {
  return nextAction && nextAction.type !== 'ELEMENTS' ? nextAction.url : undefined
}
