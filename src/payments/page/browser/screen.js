/** @import { Session, Settings, Way } from './types.d.ts' */
/** @import { Voice } from './voice.js' */
import { make } from './elements.js'

/**
 * What the payer sees: one view at a time in the main part of the page, with an announcement for screen readers.
 */
export class Screen {
  #main
  #voice
  #settings
  /** @type {HTMLElement} */
  #alert
  /** @type {HTMLElement} */
  #status
  /** @type {readonly HTMLElement[]} */
  #heading = []

  /**
   * @param {HTMLElement} main
   * @param {Voice} voice
   * @param {Settings} settings
   */
  constructor(main, voice, settings) {
    this.#main = main
    this.#voice = voice
    this.#settings = settings
    this.#alert = make('p', { class: 'error', role: 'alert' })
    this.#status = make('p', { role: 'status' })
  }

  /**
   * Whom and what the payer pays: it stays above every view.
   *
   * @param {Session} session
   */
  introduce({ studioName, referenceText, amount }) {
    const isOwed = amount.amount > 0
    this.#heading = [
      make('h1', {}, studioName),
      make('p', {}, referenceText),
      make('p', { class: isOwed ? 'amount' : '' }, isOwed ? this.#voice.money(amount) : this.#voice.say('forLater')),
    ]
  }

  /** @param {string} message empty: nothing is wrong */
  alert(message) {
    this.#alert.textContent = message
  }

  /** @param {string} key of the text */
  announce(key) {
    this.#status.textContent = this.#voice.say(key)
  }

  /**
   * @param {readonly Way[]} ways
   * @param {{ readonly label: string, onChoose: (way: Way) => void, onSubmit: () => void }} reactions
   */
  showWays(ways, { label, onChoose, onSubmit }) {
    const place = make('div')
    const choose = (/** @type {Way} */ way) => {
      place.replaceChildren(...(way.fields ? [way.fields.element] : []))
      onChoose(way)
    }
    const options = ways.map((way, at) => {
      const id = `way-${at}`
      const change = () => choose(way)
      const input = make('input', { type: 'radio', name: 'way', id, checked: at === 0, change })
      return make('p', { class: 'way' }, input, make('label', { for: id }, way.label))
    })
    const send = (/** @type {Event} */ event) => {
      event.preventDefault()
      onSubmit()
    }
    const button = make('button', { type: 'submit', disabled: true }, label)
    button.hidden = this.#settings.hidePaymentButton === true
    // What is wrong is said in the words of the page, where it has some.
    const form = make(
      'form',
      { novalidate: true, submit: send },
      make('fieldset', { id: 'ways' }, make('legend', {}, this.#voice.say('method')), ...options),
      place,
      this.#alert,
      button,
    )
    this.#show(form)
    const [first] = ways
    if (first) choose(first)
  }

  /** @param {{ readonly isProcessing: boolean, readonly canSubmit: boolean }} state */
  reflect({ isProcessing, canSubmit }) {
    const button = this.#main.querySelector('button[type=submit]')
    if (button instanceof HTMLButtonElement) button.disabled = isProcessing || !canSubmit
    for (const field of this.#main.querySelectorAll('form input, fieldset')) {
      if (field instanceof HTMLInputElement || field instanceof HTMLFieldSetElement) field.disabled = isProcessing
    }
    this.#main.setAttribute('aria-busy', String(isProcessing))
    if (isProcessing) this.announce('working')
    else if (button) this.#status.textContent = ''
  }

  /**
   * The payer has to approve on a page of a bank or wallet, which opens beside this one.
   *
   * @param {string | undefined} url
   * @param {() => void} onGiveUp
   */
  showWaiting(url, onGiveUp) {
    const link = url
      ? [make('p', {}, make('a', { href: url, target: '_blank', rel: 'noopener' }, this.#say('goThere')))]
      : []
    this.#show(make('div', {}, ...link, this.#alert, this.#quietButton('giveUp', onGiveUp)))
    this.announce('waiting')
  }

  /**
   * Fields of the provider, which puts them into the place that it is given.
   *
   * @param {(place: HTMLElement) => void} mount
   * @param {{ readonly label: string, readonly onSubmit: () => void, readonly onGiveUp: () => void }} reactions
   */
  showFields(mount, { label, onSubmit, onGiveUp }) {
    const place = make('div', { id: 'provider-fields' })
    const send = (/** @type {Event} */ event) => {
      event.preventDefault()
      onSubmit()
    }
    const button = make('button', { type: 'submit' }, label)
    button.hidden = this.#settings.hidePaymentButton === true
    const quiet = this.#quietButton('giveUp', onGiveUp)
    this.#show(make('form', { novalidate: true, submit: send }, place, this.#alert, button, quiet))
    mount(place)
  }

  /** @param {() => void} onGiveUp */
  showDone(onGiveUp) {
    this.#show(make('div', {}, this.#alert, this.#quietButton('giveUp', onGiveUp)))
    this.announce('done')
  }

  /**
   * Nothing can be done here any more, or not now.
   *
   * @param {string} message
   * @param {() => void} [onRetry]
   */
  showEnd(message, onRetry) {
    this.#show(make('div', {}, this.#alert, ...(onRetry ? [this.#quietButton('tryAgain', onRetry)] : [])))
    this.#status.textContent = ''
    this.alert(message)
  }

  /** @param {string} key */
  #say(key) {
    return this.#voice.say(key)
  }

  /**
   * @param {string} key
   * @param {() => void} click
   */
  #quietButton(key, click) {
    return make('button', { type: 'button', class: 'quiet', click }, this.#say(key))
  }

  /** @param {HTMLElement} view */
  #show(view) {
    this.alert('')
    // The focus does not fall out of the page with the view that it was in.
    if (this.#main.contains(document.activeElement)) this.#main.focus()
    this.#main.replaceChildren(...this.#heading, this.#status, view)
    this.#main.setAttribute('aria-busy', 'false')
  }
}
