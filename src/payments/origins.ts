import { isLoopbackOrigin } from '../platform/config/demo-choice.ts'

/**
 * Whether a text is the origin of web pages, written as browsers send it. Hosts with other letters than those of names and
 * addresses are none: in a header of ours they could stand for more than one host.
 */
export function isWebOrigin(text: string): boolean {
  return /^https?:\/\/(?:[a-z0-9.-]+|\[[0-9a-f:]+\])(?::\d+)?$/.test(text) && URL.parse(text)?.origin === text
}

/** From where payers may come, beside what a studio allows. */
export interface House {
  readonly publicUrl: string
  readonly paymentUrl: string
  readonly demo: boolean
}

/** Whether pages of an origin may talk to the gateway, and show its page in a frame. In the demo all pages of this machine may. */
export function isAllowedOrigin(origin: string, allowed: readonly string[], house: House): boolean {
  if (!isWebOrigin(origin)) return false
  const own = [house.publicUrl, house.paymentUrl].map((url) => new URL(url).origin)
  return own.includes(origin) || allowed.includes(origin) || (house.demo && isLoopbackOrigin(origin))
}
