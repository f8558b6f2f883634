import { paymentUrl } from '../../platform/http/payment-host.ts'

/** The hosted page of a session. The token stands behind the `#`: browsers send that part to no server. */
export function hostedPageUrl(
  house: { readonly publicUrl: string; readonly paymentHost: string | undefined },
  token: string,
): string {
  return `${paymentUrl(house)}/pay#${token}`
}

/**
 * The page for frames, seen from the root of the gateway. It names the studio, because the server reads no token and has to
 * know whose pages may show it.
 */
export function embeddedPage(tenantId: number, studioId: number): string {
  return `pay?tenant=${tenantId}&studio=${studioId}`
}
