import { formatSentence, type TextOverrides } from '../../platform/errors/localisation.ts'
import type { providerNames } from '../provider.ts'
import type { Assets } from './page-assets.ts'
import { escapeHtml } from '../../platform/values/html.ts'

/** Stripe asks for it to be loaded from there, always in its newest form. */
const STRIPE_SCRIPT = 'https://js.stripe.com/v3/'

/** The texts of the page by the names that its program uses. */
const codes: Readonly<Record<string, string>> = {
  title: 'pagetext.payment.title',
  forLater: 'pagetext.payment.forLater',
  method: 'pagetext.payment.method',
  card: 'pagetext.payment.card',
  cash: 'pagetext.payment.cash',
  bankTransfer: 'pagetext.payment.bankTransfer',
  directDebit: 'pagetext.payment.directDebit',
  stored: 'pagetext.payment.stored',
  cardNumber: 'pagetext.payment.cardNumber',
  cardExpiry: 'pagetext.payment.cardExpiry',
  expiryWrong: 'pagetext.payment.expiryWrong',
  cardHolder: 'pagetext.payment.cardHolder',
  keep: 'pagetext.payment.keep',
  accountHolder: 'pagetext.payment.accountHolder',
  iban: 'pagetext.payment.iban',
  ibanWrong: 'pagetext.payment.ibanWrong',
  mandateAccept: 'pagetext.payment.mandateAccept',
  creditor: 'pagetext.payment.creditor',
  signature: 'pagetext.payment.signature',
  signatureMissing: 'pagetext.payment.signatureMissing',
  clear: 'pagetext.payment.clear',
  pay: 'pagetext.payment.pay',
  confirm: 'pagetext.payment.confirm',
  working: 'pagetext.payment.working',
  waiting: 'pagetext.payment.waiting',
  goThere: 'pagetext.payment.goThere',
  giveUp: 'pagetext.payment.giveUp',
  tryAgain: 'pagetext.payment.tryAgain',
  done: 'pagetext.payment.done',
  used: 'pagetext.payment.used',
  noFunds: 'pagetext.payment.noFunds',
  offline: 'pagetext.payment.offline',
  linkMissing: 'pagetext.payment.linkMissing',
  needsScript: 'pagetext.payment.needsScript',
  declined: 'errormessage.payment.declined',
  over: 'errormessage.paymentSession.over',
  locked: 'errormessage.paymentSession.locked',
}

/** A page of a studio that may show this one in a frame. */
export interface Frame {
  readonly parent: string
  readonly embeddedPage: string
}

export interface PageVoice {
  readonly language: string
  readonly overrides?: TextOverrides | undefined
}

type ProviderName = (typeof providerNames)[number]

export interface PageParts {
  readonly assets: Assets
  /** Where the page's files begin, seen from its address. */
  readonly root: string
  /** Whose fields the page has to show; undefined where its address names no studio. */
  readonly provider: ProviderName | undefined
}

/** The page without a payer: its program gets everything else with the token that only the browser knows. */
export function printPage(
  { assets: { version, modules }, root, provider }: PageParts,
  frame: Frame | undefined,
  voice: PageVoice,
): string {
  const { language } = voice
  const texts = printTexts(voice)
  const facts = JSON.stringify({ language, texts, provider, ...frame }).replaceAll('<', '\\u003c')
  const assets = `${root}assets/${version}`
  const loads = modules.map((name) => `<link rel="modulepreload" href="${assets}/${name}">`).join('\n')
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${escapeHtml(texts['title'] ?? '')}</title>
<link rel="stylesheet" href="${assets}/page.css">
${loads}
${provider === 'STRIPE' ? `<script src="${STRIPE_SCRIPT}"></script>\n` : ''}<script type="module" src="${assets}/page.js"></script>
</head>
<body>
<main id="payment" tabindex="-1" aria-busy="true"><noscript><p>${escapeHtml(texts['needsScript'] ?? '')}</p></noscript></main>
<script type="application/json" id="facts">${facts}</script>
</body>
</html>
`
}

/** Placeholders stay as they are: the program fills them in. */
function printTexts({ language, overrides }: PageVoice): Readonly<Record<string, string>> {
  const args = ['{0}', '{1}'].map((value) => ({ type: 'STRING', value }) as const)
  return Object.fromEntries(
    Object.entries(codes).map(([name, code]) => [name, formatSentence(code, language, args, { overrides })]),
  )
}

/**
 * The page runs its own programs, calls its own host, and stands in frames of one origin at most. It makes no markup out of
 * texts, and its browser refuses whatever would. Only the page of a studio that uses Stripe lets the program of Stripe in,
 * whose own frames take the card.
 */
export function contentPolicy(frame: Frame | undefined, provider?: ProviderName): string {
  const isStripe = provider === 'STRIPE'
  const also = (sources: string) => (isStripe ? ` ${sources}` : '')
  return [
    "default-src 'none'",
    `script-src 'self'${also('https://js.stripe.com https://*.js.stripe.com')}`,
    // The fields of Stripe are measured and placed by styles of elements.
    `style-src 'self'${also("'unsafe-inline'")}`,
    `connect-src 'self'${also('https://api.stripe.com')}`,
    ...(isStripe ? ['frame-src https://js.stripe.com https://*.js.stripe.com https://hooks.stripe.com'] : []),
    ...(isStripe ? ['img-src https://*.stripe.com'] : []),
    "form-action 'none'",
    "base-uri 'none'",
    `frame-ancestors ${frame?.parent ?? "'none'"}`,
    ...(isStripe ? [] : ["require-trusted-types-for 'script'", "trusted-types 'none'"]),
  ].join('; ')
}
