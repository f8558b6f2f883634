import { after, before } from 'node:test'
import type { Browser, BrowserContext, FrameLocator, Page } from 'playwright-core'
import { pino } from 'pino'
import { openTestApp, type TestApp } from '../app.ts'
import { allowPayments } from '../scenes/gateway-scene.ts'
import { openBrowser } from './browser.ts'

/** A server that listens, a browser, and everything that the server has logged. */
export interface PaymentWorld {
  readonly app: TestApp
  readonly browser: Browser
  readonly url: string
  readonly logged: readonly string[]
}

type OpenWorld = PaymentWorld & AsyncDisposable

type Settings = Readonly<Record<string, string>>

/** Opens one world for all tests of a file, which they read once they run; `openSettings` runs first. */
export function sharePaymentWorld(openSettings = (): Promise<Settings> => Promise.resolve({})): PaymentWorld {
  let opening: Promise<OpenWorld> | undefined
  let open: OpenWorld | undefined
  before(async () => {
    opening = openSettings().then(openPaymentWorld)
    open = await opening
  })
  // Where a pattern leaves no test over, the runner comes here before the world is open.
  after(async () => {
    const world = await opening?.catch(() => undefined)
    await world?.[Symbol.asyncDispose]()
  })
  const get = () => {
    if (!open) throw new Error('The world is not open.')
    return open
  }
  return {
    get app() {
      return get().app
    },
    get browser() {
      return get().browser
    },
    get url() {
      return get().url
    },
    get logged() {
      return get().logged
    },
  }
}

async function openPaymentWorld(settings: Settings): Promise<OpenWorld> {
  const opened = await openBrowser()
  const { browser } = opened
  const logged: string[] = []
  const log = pino({ level: 'trace' }, { write: (line: string) => void logged.push(line) })
  const app = await openTestApp({
    environment: { PALESTRA_PORT: '0', PALESTRA_PUBLIC_URL: 'http://127.0.0.1:0', ...settings },
    log,
  })
  await allowPayments(app, { creditorId: 'DE98ZZZ09999999999' })
  const url = await app.app.server.listen({ port: 0, host: '127.0.0.1' })
  const close = async () => {
    await opened[Symbol.asyncDispose]()
    await app.close()
  }
  return { app, browser, url, logged, [Symbol.asyncDispose]: close }
}

export interface OpenedSession {
  readonly token: string
  readonly finionPayCustomerId: string
  readonly hostedPaymentPageUrl: string
}

/** What a partner asks for before it sends a payer to the page. */
export async function openSession(app: TestApp, wish: object): Promise<OpenedSession> {
  const { status, body } = await app.post('/v1/payments/user-session', { referenceText: 'Joining fee', ...wish })
  if (status !== 200) throw new Error(`no session: ${JSON.stringify(body)}`)
  return body
}

/** A window of its own, which fails the test with whatever its browser complains of: scripts, policies, missing files. */
export async function openWindow(context: Browser | BrowserContext): Promise<Page & { readonly complaints: string[] }> {
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('pageerror', (error) => void complaints.push(String(error)))
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  return Object.assign(page, { complaints })
}

/** Types a card as a payer does. */
export async function typeCard(page: Page | FrameLocator, number: string) {
  await page.getByLabel('Card number').fill(number)
  await page.getByLabel('Valid until').fill('12/40')
  await page.getByLabel('Name on the card').fill('Mara Lindner')
}

/** Waits for a text that the page shows to the payer. */
export const sees = (page: Page | FrameLocator, text: string | RegExp) =>
  page.getByText(text).waitFor({ timeout: 15_000 })

/** Draws into the field for signatures. */
export async function sign(page: Page) {
  const box = await page.getByRole('img', { name: 'Sign here' }).boundingBox()
  if (!box) throw new Error('There is no field to sign in.')
  const at = (x: number, y: number) => page.mouse.move(box.x + box.width * x, box.y + box.height * y, { steps: 6 })
  await at(0.1, 0.8)
  await page.mouse.down()
  await at(0.3, 0.2)
  await at(0.5, 0.8)
  await at(0.7, 0.2)
  await page.mouse.up()
}
