import type { RunningServer } from './serve.ts'

/** Tells a newcomer what is running and what to try first; operators get the address only. */
export function greet({ url, platform }: RunningServer) {
  console.log(`Palestra listens on ${url}`)
  if (!platform.config.demo) return
  const key = demoKeys[0]
  console.log(`
  API reference   ${url}/docs
  Webhook sink    ${url}/demo/webhook-sink

  Demo keys (tenant demo unless said otherwise)
${demoKeys.map((name) => `    ${name}`).join('\n')}

  Try
    curl -s -H 'X-API-KEY: ${key}' ${url}/v1/customers/1001
    curl -s -H 'X-API-KEY: ${key}' '${url}/v1/appointments/bookable/20334/slots?customerId=203&daysAhead=3'
    curl -s -H 'X-API-KEY: ${key}' '${url}/v1/classes/1001/slots?sliceSize=10'
`)
}

const names = ['demoBerlinFull', 'demoHamburgFull', 'demoBerlinRead', 'demoBerlinScale', 'demoOtherFull']

/** The fixed inbound keys of the demo chain: prefix, name, and zeros up to 40 characters. */
const demoKeys = names.map((name) => `pal_in_${name.padEnd(40, '0')}`)
