import { parseCardNumber } from '../card-number-rules.ts'
import type { CardNumberFormat } from '../customer-schema.ts'
import type { MediumType } from './medium-rules.ts'

export type IdentificationType = 'NUMBER' | 'PIN' | 'BARCODE' | 'WALLET_PASS' | 'QR_CODE'

/** What a reader has seen or a person has typed. */
export interface Identification {
  readonly type: IdentificationType
  readonly value: string
  /** NUMBER only. */
  readonly format?: CardNumberFormat
}

export type IdentificationPlan =
  | { readonly kind: 'MEDIUM'; readonly type: MediumType; readonly value: string }
  /** A personal code of JSON: who, and what else of it has to be true. */
  | { readonly kind: 'PERSONAL'; readonly uuid: string; readonly customerNumber?: string; readonly slug?: string }
  | { readonly kind: 'DYNAMIC'; readonly text: string }
  | { readonly kind: 'STATIC_NUMBER'; readonly number: string }
  | { readonly kind: 'NOBODY' }
  | { readonly kind: 'CARD_NUMBER_INVALID' }

const uuidPattern = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i
const dynamicPattern = /^\d{19,}$/
const accessNumberPattern = /^\d{12}$/

/** By what to search a person. */
export function planIdentification({ type, value, format = 'DECIMAL' }: Identification): IdentificationPlan {
  if (type === 'QR_CODE') return planCode(value.trim())
  if (type !== 'NUMBER') return { kind: 'MEDIUM', type, value: value.trim() }
  const card = parseCardNumber(value, format)
  return card === undefined ? { kind: 'CARD_NUMBER_INVALID' } : { kind: 'MEDIUM', type: 'CARD_NUMBER', value: card }
}

/**
 * The form in which a barcode is stored: an EAN-13 that begins with 0 is the UPC-A without it, and scanners report either.
 * One form, so that no customer can be given the tag of another customer.
 */
export function normalBarcode(value: string): string {
  return /^0\d{12}$/.test(value) ? value.slice(1) : value
}

/** The forms in which earlier releases may have stored a barcode, the one that was read first. */
export function listBarcodeForms(value: string): readonly string[] {
  const normal = normalBarcode(value)
  if (normal !== value) return [value, normal]
  return /^\d{12}$/.test(value) ? [value, `0${value}`] : [value]
}

/** A code that is none of ours is a barcode: vouchers come this way. */
function planCode(value: string): IdentificationPlan {
  if (value.startsWith('{')) return planPersonal(value)
  if (dynamicPattern.test(value)) return { kind: 'DYNAMIC', text: value }
  if (accessNumberPattern.test(value)) return { kind: 'STATIC_NUMBER', number: value }
  return { kind: 'MEDIUM', type: 'BARCODE', value }
}

/** Members of the JSON that we do not know are ignored; one that is there must be a text. */
function planPersonal(value: string): IdentificationPlan {
  const { uuid, customer_number: customerNumber, tenant: slug } = parseObject(value)
  const isText = (part: unknown) => part === undefined || (typeof part === 'string' && !part.includes('\0'))
  if (typeof uuid !== 'string' || !uuidPattern.test(uuid) || !isText(customerNumber) || !isText(slug)) {
    return { kind: 'NOBODY' }
  }
  return {
    kind: 'PERSONAL',
    uuid: uuid.toLowerCase(),
    ...(typeof customerNumber === 'string' ? { customerNumber } : {}),
    ...(typeof slug === 'string' ? { slug } : {}),
  }
}

function parseObject(text: string): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(text) as Readonly<Record<string, unknown>>
  } catch {
    return {}
  }
}
