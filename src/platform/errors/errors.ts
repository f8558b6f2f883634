import type { ErrorCode, NamedBy } from './error-code.ts'

/** The kinds of argument that an error may carry; `error-schema.ts` declares the form of each in answers. */
export type TypedArgument =
  | { readonly type: 'STRING' | 'I18N_KEY'; readonly value: string }
  | { readonly type: 'ENUM'; readonly value: string | readonly string[] }
  | { readonly type: 'INTEGER' | 'DECIMAL'; readonly value: number }
  | { readonly type: 'BOOLEAN'; readonly value: boolean }
  | { readonly type: 'TIMESTAMP' | 'DATE' | 'TIME' | 'MONTH_DAY'; readonly value: string }
  | { readonly type: 'MONEY'; readonly value: { readonly amount: number; readonly currency: string } }
  | { readonly type: 'TERM'; readonly value: { readonly value: number; readonly unit: string } }
  | { readonly type: 'AVAILABILITY_LIST'; readonly value: readonly Availability[] }
  | { readonly type: 'PERMISSION_LIST' | 'I18N_KEY_LIST'; readonly value: readonly string[] }

/** A weekly window in local time: `MONDAY`, `09:00:00`, `15:00:00`. */
export interface Availability {
  readonly dayOfWeek: string
  readonly timeFrom: string
  readonly timeTo: string
}

/** One refused input field. `reference` is the dotted path, list indices in brackets: `debtors[0].debtorId`. */
export interface Violation {
  readonly reference: string
  readonly code: ErrorCode
  readonly args: readonly TypedArgument[]
}

export interface ApiErrorDetails {
  readonly args?: readonly TypedArgument[]
  readonly reference?: string
  readonly violations?: readonly Violation[]
  /** Further fields of the body, which the caller has asked for. */
  readonly more?: Readonly<Record<string, unknown>>
  /** Extra response headers, for instance `Retry-After`. */
  readonly headers?: Readonly<Record<string, string>>
}

/**
 * A refusal that the caller is meant to read. `code` is a key of the text catalogue (`locales/en.json`);
 * the text itself is chosen when the answer is written, in the caller's language.
 */
export class ApiError extends Error {
  readonly status: number
  readonly code: ErrorCode
  readonly details: ApiErrorDetails

  constructor(status: number, code: ErrorCode, details: ApiErrorDetails = {}) {
    super(code)
    this.name = 'ApiError'
    this.status = status
    this.code = code
    this.details = details
  }
}

/** What can be unknown: each has its own code `errormessage.<entity>.notFound`. */
export type UnknownEntity = NamedBy<'errormessage.', '.notFound'>

/** An entity that does not exist, or that this caller may not see: the two look the same on purpose. */
export function notFound(entity: UnknownEntity, id: number | string): ApiError {
  const arg: TypedArgument = typeof id === 'number' ? { type: 'INTEGER', value: id } : { type: 'STRING', value: id }
  return new ApiError(404, `errormessage.${entity}.notFound`, { args: [arg] })
}

export function badRequest(code: ErrorCode, details: ApiErrorDetails = {}): ApiError {
  return new ApiError(400, code, details)
}

/** The same refusal, with more in its answer. */
export function withMore({ status, code, details }: ApiError, more: Readonly<Record<string, unknown>>): ApiError {
  return new ApiError(status, code, { ...details, more })
}

/** The same refusal of a field that stands one level deeper: `taxId` becomes `customer.taxId`. */
export function referTo(prefix: string, { status, code, details }: ApiError): ApiError {
  const { reference, violations } = details
  return new ApiError(status, code, {
    ...details,
    ...(reference === undefined ? {} : { reference: `${prefix}.${reference}` }),
    ...(violations
      ? { violations: violations.map((each) => ({ ...each, reference: `${prefix}.${each.reference}` })) }
      : {}),
  })
}

export function conflict(code: ErrorCode, details: ApiErrorDetails = {}): ApiError {
  return new ApiError(409, code, details)
}

/** The process cannot serve now; whatever was asked has changed nothing and may be asked again after `seconds`. */
export function unavailable(code: ErrorCode, seconds: number): ApiError {
  return new ApiError(503, code, {
    args: [{ type: 'INTEGER', value: seconds }],
    headers: { 'retry-after': String(seconds) },
  })
}

/** There is no room for what was sent; it has changed nothing. An operator has to make room. */
export function storageFull(): ApiError {
  return new ApiError(507, 'errormessage.service.storageFull')
}

/** The general rules that a field can break. */
export type ValidationReason = NamedBy<'errormessage.validation.'>

/** A field that breaks a general rule `errormessage.validation.<reason>`; the text names the field, never its value. */
export function violation(reference: string, reason: ValidationReason, ...args: readonly TypedArgument[]): Violation {
  return { reference, code: `errormessage.validation.${reason}`, args: [{ type: 'STRING', value: reference }, ...args] }
}

/** Input fields that break a rule: the first one is the answer, all of them are listed when there are several. */
export function refuseFields(violations: readonly [Violation, ...Violation[]]): ApiError {
  const [first] = violations
  return new ApiError(400, first.code, {
    args: first.args,
    // A whole body of the wrong kind is no single field.
    ...(first.reference === '' ? {} : { reference: first.reference }),
    ...(violations.length > 1 ? { violations } : {}),
  })
}

/** The refusal of an id that names nothing which may stand there. */
export function refuseUnknown(field: string) {
  return refuseFields([violation(field, 'format', { type: 'STRING', value: 'id' })])
}
