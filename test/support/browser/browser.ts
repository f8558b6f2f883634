import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'

/** Where Chromium and its relatives are found, after what `CHROMIUM` says. */
const usual = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

export interface TestBrowser extends AsyncDisposable {
  readonly browser: Browser
}

/** A browser for tests; a machine without one fails, because a test that did not run has shown nothing. */
export async function openBrowser(): Promise<TestBrowser> {
  const named = process.env['CHROMIUM']
  const executablePath = named ?? usual.find((path) => existsSync(path))
  if (executablePath === undefined || !existsSync(executablePath)) {
    throw new Error(
      `No browser at ${named ?? usual.join(', ')}: install Chromium (Debian: apt-get install chromium), or set CHROMIUM to its program.`,
    )
  }
  const server = await chromium.launchServer({
    executablePath,
    args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu'],
  })
  const browser = await chromium.connect(server.wsEndpoint())
  const close = async () => {
    await browser.close()
    // A browser that is asked to end may leave a process behind, for which the test would wait.
    await server.kill()
  }
  return { browser, [Symbol.asyncDispose]: close }
}
