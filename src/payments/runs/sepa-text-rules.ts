import { apostrophes } from '../../platform/validation/apostrophes.ts'
import { withoutEnds } from '../../platform/values/ends.ts'

const german = 'Ae Oe Ue ae oe ue ss SS'
const northern = 'Ae ae Oe oe O o L l D d D d Th th i H h N n k T t'
const cyrillic = 'A B V G D E Zh Z I Y K L M N O P R S T U F H Ts Ch Sh Sht A Y - E Yu Ya'
const southern = 'E e I i I i E e G g J j Lj lj Nj nj C c Dj dj Dz dz Dz dz'

/** The letter of each position of `from` is written like the word at the same position of `to`; `-` stands for nothing. */
function pairs(from: string, to: string): [string, string][] {
  const words = to.split(' ')
  return Array.from(from).map((letter, at) => [letter, words[at] === '-' ? '' : (words[at] ?? '')])
}

/** Each of these signs is written as another one. */
const alike = (from: string, to: string) => Array.from(from).map((sign): [string, string] => [sign, to])

/** Letters that do not fall apart into a plain letter and its marks, and signs that have a like. */
const likes: ReadonlyMap<string, string> = new Map([
  ...pairs('ÄÖÜäöüßẞ', german),
  ...pairs('ÆæŒœØøŁłĐđÐðÞþıĦħŊŋĸŦŧ', northern),
  ...pairs('ΑΒΓΔΕΖΗΙΚΛΜΝΞΟΠΡΣΤΥΦΩ', 'A V G D E Z I I K L M N X O P R S T Y F O'),
  ...pairs('αβγδεζηικλμνξοπρστυφωςΘθΧχΨψ', 'a v g d e z i i k l m n x o p r s t y f o s Th th Ch ch Ps ps'),
  ...pairs('АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ', cyrillic),
  ...pairs('абвгдежзийклмнопрстуфхцчшщъыьэюя', cyrillic.toLowerCase()),
  ...pairs('ЁёІіЇїЄєҐґЈјЉљЊњЋћЂђЏџЅѕ', southern),
  ...pairs('&€£;@', '+ EUR GBP , (at)'),
  ...alike('_–—‐‑', '-'),
  ...alike(`${apostrophes}"“”„«»`, "'"),
  ...alike('[{', '('),
  ...alike(']}', ')'),
])

const blankOrSlash = /[ /]/
const allowed = /^[A-Za-z0-9/\-?:().,'+ ]*$/
const notAllowed = /[^A-Za-z0-9/\-?:().,'+ ]/gu

/**
 * Text as banks take it: Latin letters without marks, digits and a few signs. What has no like is a point. Texts neither
 * begin nor end with a slash, and have no two in a row, which banks would read as a field of their own.
 */
export function toSepaText(text: string): string {
  const plain = (allowed.test(text) ? text : transliterate(text)).replaceAll(/\s+/g, ' ').replaceAll(/\/{2,}/g, '/')
  return withoutEnds(plain, blankOrSlash)
}

const transliterate = (text: string) =>
  text.normalize('NFC').replaceAll(notAllowed, (sign) => likes.get(sign) ?? withoutMarks(sign))

function withoutMarks(sign: string): string {
  if (/\s/.test(sign)) return ' '
  if (/\p{Cc}|\p{Cf}|\p{M}/u.test(sign)) return ''
  const parts = Array.from(sign.normalize('NFKD')).filter((part) => !/\p{M}/u.test(part))
  return parts.map((part) => likes.get(part) ?? (allowed.test(part) ? part : '.')).join('')
}

/** The text at its longest, never empty: banks refuse an empty name. */
export function cutSepaText(text: string, longest: number): string {
  const cut = withoutEnds(toSepaText(text).slice(0, longest), blankOrSlash)
  return cut === '' ? 'NOTPROVIDED' : cut
}
