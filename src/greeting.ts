import { demoToken, turnstile } from './demo/devices.ts'
import { demoKeyNames, inboundKey } from './demo/keys.ts'
import type { RunningServer } from './serve.ts'

/** Tells a newcomer what is running and what to try first; operators get the address only. */
export function greet({ url, platform }: Pick<RunningServer, 'url' | 'platform'>) {
  console.log(`Palestra listens on ${url}`)
  if (!platform.config.demo) return
  const key = inboundKey('demoBerlinFull')
  console.log(`
  API reference   ${url}/docs
  Webhook sink    ${url}/demo/webhook-sink

  Demo keys (of tenant demo, the last one of tenant other)
${demoKeyNames.map((name) => `    ${inboundKey(name)}`).join('\n')}

  Demo token of the turnstile in Berlin, for the Device API
    ${demoToken(turnstile)}

  Try
    curl -s -H 'X-API-KEY: ${key}' '${url}/v1/customers/1001'
    curl -s -H 'X-API-KEY: ${key}' '${url}/v1/appointments/bookable/20334/slots?customerId=203&daysAhead=3'
    curl -s -H 'X-API-KEY: ${key}' '${url}/v1/classes/1001/slots'
`)
}
