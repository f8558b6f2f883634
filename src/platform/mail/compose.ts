import { domainToASCII } from 'node:url'
import type { Mail, Message } from './mail.ts'

/** Base64 of so many bytes fills a line of 76 characters. */
const LINE_BYTES = 57
/** An encoded word has at most 75 characters, which hold so many bytes of text. */
const WORD_BYTES = 42
/** Sunday is the seventh day of a week. */
const days = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** What tells one message from another. */
export interface Stamp {
  readonly messageId: string
  readonly from: string
  readonly at: Temporal.Instant
  readonly name: string
}

/** The message of a mail: plain text in UTF-8, whatever stands in it; no line break can leave a header. */
export function composeMessage(mail: Mail, { messageId, from, at, name }: Stamp): Message {
  const to = asciiDomain(mail.to)
  const headers = [
    ['Date', formatDate(at)],
    ['Message-ID', `<${messageId}>`],
    ['From', `${encodePhrase(mail.fromName)} <${from}>`],
    ...(mail.replyTo === undefined ? [] : [['Reply-To', `<${asciiDomain(mail.replyTo)}>`]]),
    ['To', `<${to}>`],
    ['Subject', encodeText(mail.subject)],
    // Machines shall not answer machines.
    ['Auto-Submitted', 'auto-generated'],
    ['MIME-Version', '1.0'],
    ['Content-Type', 'text/plain; charset=utf-8'],
    ['Content-Transfer-Encoding', 'base64'],
  ]
  const head = headers.map(([header, value]) => `${header}: ${value}\r\n`).join('')
  const text = Buffer.from(mail.text.replace(/\r?\n/g, '\r\n'), 'utf8')
  return { messageId, from, to, name, content: Buffer.from(`${head}\r\n${inLines(text)}`, 'utf8') }
}

/** Servers understand international domains by their ASCII form only. */
function asciiDomain(address: string): string {
  const at = address.lastIndexOf('@')
  return `${address.slice(0, at)}@${domainToASCII(address.slice(at + 1)) || address.slice(at + 1)}`
}

function inLines(bytes: Buffer): string {
  const lines: string[] = []
  for (let from = 0; from < bytes.length; from += LINE_BYTES) {
    lines.push(bytes.subarray(from, from + LINE_BYTES).toString('base64'))
  }
  return lines.map((line) => `${line}\r\n`).join('')
}

function encodePhrase(text: string): string {
  return /^[A-Za-z0-9 ]+$/.test(text) ? text : encodeText(text, true)
}

/** Text for a header: as it is when it is printable ASCII, else as encoded words that never split a character. */
function encodeText(text: string, always = false): string {
  const flat = text.replace(/\p{Cc}+/gu, ' ')
  if (!always && flat.length <= 200 && /^[\x20-\x7e]*$/.test(flat) && !flat.includes('=?')) return flat
  const words: string[] = []
  let word = ''
  for (const character of flat) {
    if (Buffer.byteLength(word + character) > WORD_BYTES) {
      words.push(word)
      word = ''
    }
    word += character
  }
  words.push(word)
  return words.map((each) => `=?utf-8?B?${Buffer.from(each, 'utf8').toString('base64')}?=`).join('\r\n ')
}

/** As in `Mon, 15 Jun 2026 07:00:00 +0000`. */
function formatDate(at: Temporal.Instant): string {
  const { dayOfWeek, day, month, year, hour, minute, second } = at.toZonedDateTimeISO('UTC')
  const two = (number: number) => String(number).padStart(2, '0')
  const date = `${days[dayOfWeek - 1]}, ${two(day)} ${months[month - 1]} ${year}`
  return `${date} ${two(hour)}:${two(minute)}:${two(second)} +0000`
}
