/** @import { FromPage, Settings, ToPage } from './types.d.ts' */

const PATIENCE_MS = 5000

/**
 * The widget around this page, if there is one. It opens a channel, which only a window of the expected origin can do; what
 * follows goes through the channel and reaches nobody else.
 */
export class Embedding {
  /** @type {MessagePort | undefined} */
  #port
  /** @type {FromPage[]} */
  #waiting = []
  /** @type {(message: ToPage) => void} */
  onMessage = () => {}

  /**
   * Waits for the widget; a page that stands alone, or in a frame without widget, goes on without settings.
   *
   * @param {string | undefined} parent the origin that may open the channel
   * @returns {Promise<Settings>}
   */
  open(parent) {
    if (parent === undefined || window.parent === window) return Promise.resolve({})
    return new Promise((resolve) => {
      setTimeout(() => resolve({}), PATIENCE_MS)
      window.addEventListener('message', ({ source, origin, data, ports: [port] }) => {
        if (source !== window.parent || origin !== parent) return
        if (data?.type !== 'palestra.payment.open' || !port) return
        this.#take(port)
        resolve(data.settings ?? {})
      })
    })
  }

  /** @param {FromPage} message */
  send(message) {
    if (this.#port) this.#port.postMessage(message)
    else this.#waiting.push(message)
  }

  /** @param {MessagePort} port */
  #take(port) {
    this.#port = port
    port.onmessage = ({ data }) => this.onMessage(data)
    port.postMessage({ type: 'READY' })
    for (const message of this.#waiting.splice(0)) port.postMessage(message)
  }
}
