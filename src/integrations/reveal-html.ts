import { createHash } from 'node:crypto'
import { formatSentence, type TextOverrides } from '../platform/errors/localisation.ts'
import type { RevealVerdict } from './reveal-rules.ts'
import type { RevealedKeys } from './reveals.ts'
import { escapeHtml } from '../platform/values/html.ts'

const style = `body{font:16px/1.5 system-ui;margin:3rem auto;max-width:40rem;padding:0 1rem}
code{display:block;padding:.5rem;background:#eee;color:#000;overflow-wrap:anywhere;user-select:all}
button{font:inherit;padding:.5rem 1rem}`

/** The page loads nothing, runs nothing, stands in no frame, and its one form comes back to us. */
export const contentSecurityPolicy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
  "form-action 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join('; ')

/** In which language the page speaks, and with which words of the tenant. */
export interface Voice {
  readonly language: string
  readonly overrides?: TextOverrides | undefined
}

/** Before anything is shown: programs that read mails follow links, and only a person presses a button. */
export function askingPage(voice: Voice): string {
  const say = sayingIn(voice)
  return page(
    voice,
    `<p>${say('pagetext.reveal.hint')}</p>
<form method="post"><button>${say('pagetext.reveal.show')}</button></form>`,
  )
}

/** The one answer with the keys in it. */
export function keysPage(voice: Voice, { inboundKey, webhookKey }: RevealedKeys): string {
  const say = sayingIn(voice)
  const block = (label: string, key: string) => `<p>${label}<code>${escapeHtml(key)}</code></p>`
  const inbound = block(say('pagetext.reveal.inboundKey', 'X-API-KEY'), inboundKey)
  const webhook = webhookKey === undefined ? '' : block(say('pagetext.reveal.webhookKey', 'x-api-key'), webhookKey)
  return page(voice, `<p>${say('pagetext.reveal.shown')}</p>\n${inbound}\n${webhook}`)
}

/** Why nothing is shown. */
export function closedPage(voice: Voice, reason: Exclude<RevealVerdict, 'OPEN'> | 'UNKNOWN'): string {
  const keys = {
    USED: 'pagetext.reveal.used',
    EXPIRED: 'pagetext.reveal.expired',
    UNKNOWN: 'pagetext.reveal.unknown',
  }
  return page(voice, `<p>${sayingIn(voice)(keys[reason])}</p>`)
}

function sayingIn({ language, overrides }: Voice) {
  return (key: string, ...values: readonly string[]) =>
    escapeHtml(
      formatSentence(
        key,
        language,
        values.map((value) => ({ type: 'STRING', value })),
        { overrides },
      ),
    )
}

function page(voice: Voice, content: string): string {
  const title = sayingIn(voice)('pagetext.reveal.title')
  return `<!doctype html>
<html lang="${voice.language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta name="robots" content="noindex"><title>${title}</title><style>${style}</style></head>
<body><h1>${title}</h1>
${content}
</body></html>
`
}
