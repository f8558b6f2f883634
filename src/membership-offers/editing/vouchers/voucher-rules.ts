import type { Violation } from '../../../platform/errors/errors.ts'
import { percentFaults } from '../frequency-rules.ts'
import { fault, fieldFaults, join, orderFaults } from '../refusals.ts'
import type { VoucherDocument } from './voucher-schemas.ts'

type Kind = VoucherDocument['type']

const splitFields = ['companyId', 'companySplitType']
const kinds: Readonly<Record<Kind, { readonly needs: readonly string[]; readonly lacks: readonly string[] }>> = {
  DISCOUNT: { needs: [], lacks: ['creditValue', ...splitFields] },
  CREDIT: { needs: ['creditValue'], lacks: ['discountPeriods', ...splitFields] },
  COMPANY_FEE_SPLIT: { needs: splitFields, lacks: ['creditValue'] },
  CONTRACT: { needs: [], lacks: ['creditValue', 'discountPeriods', ...splitFields] },
}

/** What is wrong about a voucher as far as the document alone says it. */
export function voucherFaults(voucher: VoucherDocument): Violation[] {
  const { type: kind, validFrom, validTo, discountPeriods } = voucher
  return [
    ...fieldFaults('', voucher, { kind, ...kinds[kind] }),
    ...orderFaults('', ['validFrom', validFrom], ['validTo', validTo]),
    ...splitFaults(voucher),
    ...bonusFaults(voucher),
    ...discountPeriods.flatMap((period, at) =>
      periodFaults(`discountPeriods[${at}]`, period, at === discountPeriods.length - 1),
    ),
  ]
}

function splitFaults(voucher: VoucherDocument): Violation[] {
  const { companySplitType: kind } = voucher
  const fields = { PERCENTAGE: 'companySplitPercentage', ABSOLUTE: 'companySplitAmount' } as const
  const needs = kind === undefined || kind === null ? [] : [fields[kind]]
  const lacks = Object.values(fields).filter((name) => !needs.includes(name))
  return [
    ...fieldFaults('', voucher, { kind: kind ?? voucher.type, needs, lacks }),
    ...percentFaults('companySplitPercentage', voucher.companySplitPercentage),
  ]
}

function bonusFaults(voucher: VoucherDocument): Violation[] {
  const { bonus, bonusStrategy: strategy } = voucher
  const parts = ['bonusStrategy', 'bonusRuntimeExtensionType']
  const isFixed = strategy === 'FIXED'
  const day = ['bonusFixedDate']
  return [
    ...fieldFaults('', voucher, { kind: 'bonus', needs: bonus ? parts : [], lacks: bonus ? [] : parts }),
    ...fieldFaults('', voucher, { kind: strategy ?? 'bonus', needs: isFixed ? day : [], lacks: isFixed ? [] : day }),
  ]
}

function periodFaults(path: string, period: VoucherDocument['discountPeriods'][number], isLast: boolean): Violation[] {
  const { type, effective, percentage } = period
  const [needs, lacks] = type === 'PERCENTAGE' ? [['percentage'], ['amount']] : [['amount'], ['percentage']]
  const isTimed = effective === 'TIME_BASED'
  return [
    ...fieldFaults(path, period, { kind: type, needs, lacks }),
    ...fieldFaults(path, period, { kind: effective, needs: isTimed ? ['term'] : [], lacks: isTimed ? [] : ['term'] }),
    ...percentFaults(join(path, 'percentage'), percentage),
    ...(isTimed || isLast ? [] : [fault(join(path, 'effective'), 'openPeriodNotLast')]),
  ]
}
