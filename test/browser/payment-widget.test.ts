import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { allowPayments } from '../support/scenes/gateway-scene.ts'
import { readBlocks } from '../support/pages.ts'
import { openSession, openWindow, sees, sharePaymentWorld, typeCard } from '../support/browser/payment-page.ts'
import { openWebsite, printWebsite } from '../support/browser/website.ts'

const guide = readFileSync(new URL('../../docs/payments.md', import.meta.url), 'utf8')
const [example = ''] = readBlocks(guide)
  .filter(({ language }) => language === 'html')
  .map(({ text }) => text)
const ecom = { scope: 'ECOM', amount: 20 }

const world = sharePaymentWorld()

test('the example of the guide works on a website of its own', async () => {
  const { token } = await openSession(world.app, ecom)
  await using website = await openWebsite(example.replace('https://api.gym.example', world.url).replace('TOKEN', token))
  const page = await openWindow(world.browser)
  await page.goto(website.url)
  const frame = page.frameLocator('iframe')
  await typeCard(frame, '4000000000000002')
  await page.getByRole('button', { name: 'Join' }).click()
  await sees(page, 'The payment was declined.')
  await typeCard(frame, '4242424242424242')
  await page.getByRole('button', { name: 'Join' }).click()
  await sees(page, /^Send this to your server: \w{54}$/)
  await sees(frame, 'Done.')
  assert.deepEqual(page.complaints, [])
  await page.close()
})

test('two widgets on one page know nothing of each other', async () => {
  const sessions = [await openSession(world.app, ecom), await openSession(world.app, { ...ecom, amount: 35 })]
  await using website = await openWebsite(
    printWebsite(
      world.url,
      sessions.map(({ token }) => token),
    ),
  )
  const page = await openWindow(world.browser)
  await page.goto(website.url)
  const [first, second] = [page.frameLocator('#frame-0 iframe'), page.frameLocator('#frame-1 iframe')]
  await page.waitForFunction('window.widgets.every((each) => each.getPaymentState().canSubmit)')
  await typeCard(second, '4000000000000002')
  await second.getByRole('button', { name: 'Pay €35.00' }).click()
  await sees(second, 'The payment was declined.')
  await typeCard(first, '5555555555554444')
  await first.getByRole('button', { name: 'Pay €20.00' }).click()
  await sees(first, 'Done.')
  const reports = (await page.evaluate('window.reports')) as readonly (readonly unknown[])[]
  const kinds = (at: number) =>
    reports.filter(([which, what]) => which === at && what !== 'state').map(([, what]) => what)
  assert.deepEqual([kinds(0), kinds(1)], [['success'], ['error']])
  await page.evaluate('window.widgets[1].destroy()')
  assert.equal(await page.locator('iframe').count(), 1)
  await page.close()
})

test('a button of the website sends the form once the mandate is ticked', async () => {
  const { token } = await openSession(world.app, { scope: 'MEMBER_ACCOUNT', amount: 0 })
  const more = `hidePaymentButton: true, customerData: { firstname: 'Mara', lastname: 'Lindner' },
    styling: { primaryColor: 'rgb(1, 2, 3)' }, i18n: { en: { method: 'My way' } }`
  await using website = await openWebsite(printWebsite(world.url, [token], more))
  const page = await openWindow(world.browser)
  await page.goto(website.url)
  const frame = page.frameLocator('iframe')
  await sees(frame, 'My way')
  const state = () => page.evaluate('window.widgets[0].getPaymentState()')
  await frame.getByLabel('Direct debit (SEPA)').check()
  assert.equal(await frame.getByRole('button', { name: 'Confirm' }).count(), 0)
  assert.equal(await frame.getByLabel('Account holder').inputValue(), 'Mara Lindner')
  await frame.getByLabel('IBAN').fill('DE89370400440532013000')
  assert.deepEqual(await state(), { isProcessing: false, canSubmit: false })
  await page.getByRole('button', { name: 'Join now' }).click()
  await frame.getByLabel('I agree').check()
  await page.waitForFunction('window.widgets[0].getPaymentState().canSubmit')
  await page.getByRole('button', { name: 'Join now' }).click()
  await sees(frame, 'Done.')
  const last = (await page.evaluate('window.reports.findLast(([, what]) => what === "success")')) as unknown[]
  assert.equal((last[3] as { readonly type: string }).type, 'SEPA')
  assert.deepEqual(page.complaints, [])
  await page.close()
})

test('a website that was left while a wallet was open is given the payment when it comes back', async () => {
  const { token } = await openSession(world.app, ecom)
  await using website = await openWebsite(printWebsite(world.url, [token]))
  const context = await world.browser.newContext()
  const page = await openWindow(context)
  await page.goto(website.url)
  const frame = page.frameLocator('iframe')
  await frame.getByLabel('PayPal').check()
  await frame.getByRole('button', { name: /^Pay/ }).click()
  const opened = context.waitForEvent('page')
  await frame.getByRole('link', { name: 'Go to that page' }).click()
  const wallet = await opened
  await page.goto('about:blank')
  await wallet.getByRole('button', { name: 'Approve' }).click()
  await page.goto(website.url)
  await sees(frame, 'Done.')
  const success = (await page.evaluate('window.reports.find(([, what]) => what === "success")')) as unknown[]
  assert.match(String(success[2]), /^\w{54}$/)
  await context.close()
})

test('no other website shows the page', async () => {
  const { token } = await openSession(world.app, ecom)
  const { tenantId, studioId } = world.app.berlin
  const allowed = encodeURIComponent('http://127.0.0.1:1')
  const inFrame = (query: string) =>
    `<!doctype html><iframe src="${world.url}/payment-gateway/pay${query}#${token}"></iframe>`
  for (const query of ['', `?tenant=${tenantId}&studio=${studioId}&origin=${allowed}`]) {
    await using website = await openWebsite(inFrame(query))
    const page = await openWindow(world.browser)
    await page.goto(website.url)
    await page.waitForTimeout(500)
    assert.equal(await page.frameLocator('iframe').locator('main').count(), 0, query)
    assert.match(page.complaints.join(), /frame-ancestors|X-Frame-Options|Framing/i)
    await page.close()
  }
})

test('a window that is not around the page gets no channel to it', async () => {
  const { token } = await openSession(world.app, ecom)
  await using website = await openWebsite(printWebsite(world.url, [token]))
  const page = await openWindow(world.browser)
  await page.goto(website.url)
  const opened = page.waitForEvent('popup')
  await page.evaluate(`window.other = window.open(${JSON.stringify(website.url)})`)
  const other = await opened
  await sees(other.frameLocator('iframe'), 'Joining fee')
  const answer = page.evaluate(`new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = ({ data }) => resolve(data.type)
    setTimeout(() => resolve('silence'), 1000)
    window.other.frames[0].postMessage({ type: 'palestra.payment.open', settings: {} }, '*', [port2])
  })`)
  assert.equal(await answer, 'silence')
  await other.close()
  await page.close()
})

test('a session of another studio is not shown in a frame of this one', async () => {
  const { token } = await openSession(world.app, ecom)
  const { tenantId } = world.app.berlin
  await allowPayments(world.app, {}, world.app.hamburg)
  await using website = await openWebsite('<!doctype html><title>Gym</title>')
  const page = await openWindow(world.browser)
  const origin = encodeURIComponent(website.url)
  for (const [{ studioId }, text] of [
    [world.app.berlin, /^€20\.00$/],
    [world.app.hamburg, /^This link is incomplete\./],
  ] as const) {
    const address = `${world.url}/payment-gateway/pay?tenant=${tenantId}&studio=${studioId}&origin=${origin}&locale=en#${token}`
    await page.goto(website.url)
    await page.evaluate(`{
      const frame = Object.assign(document.createElement('iframe'), { src: ${JSON.stringify(address)} })
      const message = { type: 'palestra.payment.open', settings: {} }
      frame.onload = () => frame.contentWindow.postMessage(message, '*', [new MessageChannel().port2])
      document.body.append(frame)
    }`)
    await page.frameLocator('iframe').getByText(text).waitFor({ timeout: 4000 })
  }
  await page.close()
})
