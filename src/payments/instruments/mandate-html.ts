import { formatSentence } from '../../platform/errors/localisation.ts'
import type { TypedArgument } from '../../platform/errors/errors.ts'
import { escapeHtml } from '../../platform/values/html.ts'

/** A mandate as it stands on paper. */
export interface PrintedMandate {
  readonly language: string
  /** Who collects. */
  readonly creditor: string
  readonly creditorId: string | null
  readonly mandateRef: string
  /** What the payer has agreed to. */
  readonly text: string
  readonly isOneOff: boolean
  readonly holder: string
  /** What the number of the account is. */
  readonly accountKind: 'IBAN' | 'BACS'
  readonly account: string
  readonly bic: string | null
  readonly bank: string | null
  /** ISO date. */
  readonly signedOn: string
}

const style =
  'body{font:12pt/1.5 sans-serif;max-width:17cm;margin:2cm auto}dt{font-weight:bold}dd{margin:0 0 .5em}img{max-height:4cm}'

/** A page to be printed; it loads nothing. `signature` is the drawing of the payer, SVG. */
export function writeMandate(mandate: PrintedMandate, signature: string | undefined): string {
  const { language, creditor, creditorId, mandateRef, isOneOff, holder, accountKind, account, bic, bank } = mandate
  const say = (code: string, ...args: readonly TypedArgument[]) => escapeHtml(formatSentence(code, language, args))
  const word = (value: string) => ({ type: 'STRING', value }) as const
  const title = say('pagetext.mandate.title')
  const kind = isOneOff ? say('pagetext.mandate.oneOff') : say('pagetext.mandate.recurring')
  const accountName = accountKind === 'IBAN' ? say('pagetext.payment.iban') : accountKind
  const drawing = signature === undefined ? '' : Buffer.from(signature).toString('base64')
  const lines = [
    `<h1>${title}</h1>`,
    `<p>${escapeHtml(creditor)}</p>`,
    ...(creditorId === null ? [] : [`<p>${say('pagetext.payment.creditor', word(creditorId))}</p>`]),
    `<p>${say('pagetext.mandate.reference', word(mandateRef))}</p>`,
    `<p>${escapeHtml(mandate.text)}</p>`,
    `<p>${kind}</p>`,
    '<dl>',
    `<dt>${say('pagetext.payment.accountHolder')}</dt><dd>${escapeHtml(holder)}</dd>`,
    `<dt>${accountName}</dt><dd>${escapeHtml(account)}</dd>`,
    ...(bic === null ? [] : [`<dt>BIC</dt><dd>${escapeHtml(bic)}</dd>`]),
    '</dl>',
    ...(bank === null ? [] : [`<p>${escapeHtml(bank)}</p>`]),
    `<p>${say('pagetext.mandate.signedOn', { type: 'DATE', value: mandate.signedOn })}</p>`,
    ...(drawing === '' ? [] : [`<img alt="" src="data:image/svg+xml;base64,${drawing}">`]),
  ]
  const head = `<meta charset="utf-8"><title>${title}</title><style>${style}</style>`
  return `<!doctype html>\n<html lang="${escapeHtml(language)}"><head>${head}</head><body>\n${lines.join('\n')}\n</body></html>\n`
}
