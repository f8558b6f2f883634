/** @import { CustomerData, Facts, PaymentRequest, Session, Settings } from './types.d.ts' */
import { Checkout } from './checkout.js'
import { Embedding } from './embedding.js'
import { Gateway } from './gateway.js'
import { Screen } from './screen.js'
import { Voice } from './voice.js'

const STORED_AS = 'palestra.payment.session'
const stylings = [
  'primaryColor',
  'onPrimaryColor',
  'textColor',
  'backgroundColor',
  'borderColor',
  'errorColor',
  'borderRadius',
  'fontFamily',
  'fontSize',
]

/**
 * The token stands behind the `#` of the address, where no server reads it. A page of a bank that leads back here has no
 * token: this window remembers it until it is closed.
 */
function takeToken() {
  const token = /^#(\w{20,200})$/.exec(location.hash)?.[1]
  // Frames are never led away, and several of them may stand in one window.
  if (window.parent !== window) return token
  try {
    if (token) sessionStorage.setItem(STORED_AS, token)
    return token ?? sessionStorage.getItem(STORED_AS) ?? undefined
  } catch {
    // A browser may be set to store nothing.
    return token
  }
}

/** @param {Settings} settings */
function dress({ styling = {} }) {
  for (const name of stylings) {
    const value = styling[name]
    if (typeof value !== 'string') continue
    document.documentElement.style.setProperty(
      `--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`,
      value,
    )
  }
}

/** @param {CustomerData | undefined} customer */
function nameHolder({ firstname, firstName = firstname, lastname, lastName = lastname } = {}) {
  return [firstName, lastName].filter((part) => typeof part === 'string' && part !== '').join(' ')
}

/**
 * Goes to a page of the sandbox, which leads back here; pages of others open beside this one, and frames stay where they are.
 *
 * @param {string} url
 */
function leave(url) {
  const target = new URL(url)
  if (window.parent !== window || target.origin !== location.origin) return false
  target.searchParams.set('back', location.pathname)
  location.assign(target)
  return true
}

/**
 * Fields of the provider that lead to a bank or wallet do not work in a frame: most banks refuse to stand in one, and the page
 * that they lead back to has lost its token there. They stand in a window of their own, which is this page without the
 * website around it; this one waits. Undefined where they can stand here.
 *
 * @param {PaymentRequest} request
 */
function findWindow({ paymentMethod }) {
  if (window.parent === window || paymentMethod === 'CREDIT_CARD') return undefined
  const url = new URL(location.href)
  url.searchParams.delete('origin')
  return url.href
}

/** @param {Embedding} embedding */
function reportHeight(embedding) {
  const report = () => embedding.send({ type: 'HEIGHT', height: document.documentElement.offsetHeight })
  new ResizeObserver(report).observe(document.documentElement)
}

async function main() {
  const facts = /** @type {Facts} */ (JSON.parse(document.getElementById('facts')?.textContent ?? '{}'))
  const root = /** @type {HTMLElement} */ (document.getElementById('payment'))
  const embedding = new Embedding()
  const settings = await embedding.open(facts.parent)
  dress(settings)
  reportHeight(embedding)
  const voice = new Voice(facts, settings)
  const screen = new Screen(root, voice, settings)
  const token = takeToken()
  if (!token) return screen.showEnd(voice.say('linkMissing'))
  const checkout = new Checkout({
    gateway: new Gateway(token, facts.language, voice.say('offline')),
    screen,
    voice,
    embedding,
    settings,
    language: facts.language,
    // A frame shows sessions of the studio that lets it in, and no others.
    accepts: ({ embeddedPage }) => window.parent === window || embeddedPage === facts.embeddedPage,
    moves: (session) => moveToStudio(session, facts, token),
    leave,
    findWindow,
  })
  checkout.fillHolder(nameHolder(settings.customerData))
  embedding.onMessage = (message) => {
    if (message.type === 'SUBMIT') void checkout.submit()
    else checkout.fillHolder(nameHolder(message.customerData))
  }
  // A payer who comes back with the button of the browser may find the page as it was left.
  window.addEventListener('pageshow', ({ persisted }) => {
    if (persisted) void checkout.start()
  })
  await checkout.start()
}

/**
 * The address of a session need not name its studio. The page of a studio with fields of Stripe does, so that the server
 * lets the program of Stripe into it, and into no other page.
 *
 * @param {Session} session
 * @param {Facts} facts
 * @param {string} token
 */
function moveToStudio({ provider, embeddedPage }, facts, token) {
  if (provider === undefined || facts.provider === provider || window.parent !== window) return false
  location.replace(`${new URL(embeddedPage, new URL('../../', import.meta.url))}#${token}`)
  return true
}

window.addEventListener('hashchange', () => location.reload())
await main()
