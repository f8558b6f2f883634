import { isAfter, isBefore } from '../../platform/time/order.ts'

/** What of a studio decides whether customers may come or go. */
export interface SwitchStudio {
  readonly id: number
  readonly legalEntityId: number | null
  /** ISO 4217. */
  readonly currency: string
  /** ISO 3166-1 alpha-2. Taxes follow the country: their codes belong to the legal entity, which both studios share. */
  readonly countryCode: string
  readonly status: 'ACTIVE' | 'CLOSED'
  readonly closingDate: Temporal.PlainDate | null
}

export interface SwitchFacts {
  readonly source: SwitchStudio
  readonly target: SwitchStudio | undefined
  readonly switchDate: Temporal.PlainDate
  /** When the customer changed studios last. */
  readonly previousOn: Temporal.PlainDate | undefined
  /** The local date of the source studio. */
  readonly today: Temporal.PlainDate
}

export type SwitchRefusal =
  | 'sameStudio'
  | 'targetNotFound'
  | 'dateInFuture'
  | 'dateTooOld'
  | 'beforePreviousSwitch'
  | 'legalEntityDiffers'
  | 'currencyDiffers'
  | 'taxConfigurationDiffers'

const oldestMonths = 3

/** Why a customer may not change studios, if so; the order is part of the API. */
export function judgeSwitch({ source, target, switchDate, previousOn, today }: SwitchFacts): SwitchRefusal | undefined {
  if (target?.id === source.id) return 'sameStudio'
  if (!target || !isOpen(target, today)) return 'targetNotFound'
  if (isAfter(switchDate, today)) return 'dateInFuture'
  if (isBefore(switchDate, today.subtract({ months: oldestMonths }))) return 'dateTooOld'
  if (previousOn && !isAfter(switchDate, previousOn)) return 'beforePreviousSwitch'
  if (target.legalEntityId !== source.legalEntityId) return 'legalEntityDiffers'
  if (target.currency !== source.currency) return 'currencyDiffers'
  return target.countryCode === source.countryCode ? undefined : 'taxConfigurationDiffers'
}

function isOpen({ status, closingDate }: SwitchStudio, today: Temporal.PlainDate): boolean {
  return status === 'ACTIVE' && (closingDate === null || !isBefore(closingDate, today))
}
