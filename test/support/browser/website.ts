import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A website on an origin of its own, which serves one page. */
export async function openWebsite(html: string) {
  const server = createServer((_, response) => response.setHeader('content-type', 'text/html').end(html))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    [Symbol.asyncDispose]: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** A website with widgets of the server at `url` that write what they report into a list. */
export const printWebsite = (url: string, tokens: readonly string[], more = '') => `<!doctype html><title>Gym</title>
${tokens.map((_, at) => `<div id="frame-${at}"></div>`).join('')}
<button id="own">Join now</button>
<script src="${url}/payment-gateway/widget.js"></script>
<script>
  window.reports = []
  const report = (at, what) => (...values) => window.reports.push([at, what, ...values])
  window.widgets = ${JSON.stringify(tokens)}.map((userSessionToken, at) => window.paymentWidget.init({
    userSessionToken, container: document.getElementById('frame-' + at), locale: 'en',
    onPaymentStateChange: report(at, 'state'), onSuccess: report(at, 'success'), onError: report(at, 'error'), ${more}
  }))
  document.getElementById('own').addEventListener('click', () => window.widgets[0].submitPayment())
</script>`
