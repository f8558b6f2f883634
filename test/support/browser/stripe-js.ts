import type { BrowserContext, Page } from 'playwright-core'
import type { StripeBook } from '../stripe/stripe-book.ts'

/**
 * A stand-in of the program that Stripe serves: its fields are one, which takes the name of a test card. A bank leads away from the
 * page and back to it.
 */
const program = `
window.Stripe = (publishableKey) => ({
  elements: () => ({
    create: () => ({
      mount: (element) => {
        const label = document.createElement('label')
        label.append('Card of Stripe', Object.assign(document.createElement('input'), { name: 'stripe-card' }))
        element.append(label)
      },
    }),
    submit: async () => document.querySelector('[name=stripe-card]').value === ''
      ? { error: { type: 'validation_error', message: 'Your card number is incomplete.' } } : {},
  }),
  confirmPayment: async ({ clientSecret, confirmParams }) => {
    const method = document.querySelector('[name=stripe-card]').value
    const answer = await window.confirmAtStripe(clientSecret, method)
    if (method !== 'pm_bank') return answer
    location.assign(confirmParams.return_url + '&redirect_status=succeeded')
    return new Promise(() => {})
  },
  confirmSetup: ({ clientSecret }) => window.confirmAtStripe(clientSecret, document.querySelector('[name=stripe-card]').value),
})
`

/** Serves the stand-in to a window, or to all windows of a browser, under the address of the program, and lets it talk to the book of an account. */
export async function serveStripeJs(page: Page | BrowserContext, book: StripeBook) {
  await page.exposeFunction('confirmAtStripe', (clientSecret: string, card: string) => {
    const { last_payment_error: error } = book.confirm(clientSecret, card)
    return error ? { error: { type: error.type, message: 'Declined.' } } : {}
  })
  await page.route('https://js.stripe.com/**', (route) =>
    route.fulfill({ contentType: 'text/javascript', body: program }),
  )
}
