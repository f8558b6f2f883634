import type { Page } from 'playwright-core'
import type { StripeBook } from '../stripe/stripe-book.ts'

/** A stand-in of the program that Stripe serves: its fields are one, which takes the name of a test card. */
const program = `
window.Stripe = (publishableKey) => ({
  elements: () => ({
    create: () => ({
      mount: (place) => {
        const label = document.createElement('label')
        label.append('Card of Stripe', Object.assign(document.createElement('input'), { name: 'stripe-card' }))
        place.append(label)
      },
    }),
    submit: async () => document.querySelector('[name=stripe-card]').value === ''
      ? { error: { type: 'validation_error', message: 'Your card number is incomplete.' } } : {},
  }),
  confirmPayment: ({ clientSecret }) => window.confirmAtStripe(clientSecret, document.querySelector('[name=stripe-card]').value),
  confirmSetup: ({ clientSecret }) => window.confirmAtStripe(clientSecret, document.querySelector('[name=stripe-card]').value),
})
`

/** Serves the stand-in to a window under the address of the program, and lets it talk to the book of an account. */
export async function serveStripeJs(page: Page, book: StripeBook) {
  await page.exposeFunction('confirmAtStripe', (clientSecret: string, card: string) => {
    const { last_payment_error: error } = book.confirm(clientSecret, card)
    return error ? { error: { type: error.type, message: 'Declined.' } } : {}
  })
  await page.route('https://js.stripe.com/**', (route) =>
    route.fulfill({ contentType: 'text/javascript', body: program }),
  )
}
