import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readStrictly } from '../../platform/staff/strict.ts'
import { moduleFaults, moduleFrequencyFaults } from './modules/module-rules.ts'
import { ModuleDocument } from './modules/module-schemas.ts'
import { idlePolicyFaults, rateFaults, textBlockFaults } from './rates/rate-rules.ts'
import { IdlePolicyDocument, RateDocument, TextBlockDocument } from './rates/rate-schemas.ts'
import { voucherFaults } from './vouchers/voucher-rules.ts'
import { VoucherDocument } from './vouchers/voucher-schemas.ts'

type Faults = readonly { readonly reference: string; readonly code: string }[]
const describeFaults = (faults: Faults) =>
  faults.map(({ reference, code }) => `${reference} ${code.replace('errormessage.', '')}`)

const months = (value: number) => ({ value, unit: 'MONTH' })
const monthly = { type: 'RECURRING', term: months(1), price: '30.00' }

test('a module renews itself for a length, and is not paid in steps longer than it lasts', () => {
  const moduleWith = (more: object) =>
    describeFaults(
      moduleFaults(readStrictly(ModuleDocument, { name: 'Sauna', extensionType: 'NONE', ...more }) as ModuleDocument),
    )
  assert.deepEqual(moduleWith({}), [])
  assert.deepEqual(moduleWith({ extensionType: 'NEW', term: months(1) }), ['extensionTerm catalogue.fieldNeeded'])
  assert.deepEqual(moduleWith({ extensionTerm: months(1) }), ['extensionTerm catalogue.fieldNotAllowed'])
  assert.deepEqual(moduleWith({ trialDescription: 'Try it' }), ['trialTerm catalogue.fieldNeeded'])
  const yearly = { paymentFrequency: { ...monthly, term: { value: 1, unit: 'YEAR' } } }
  assert.deepEqual(moduleWith({ term: months(1), paymentFrequencies: [yearly] }), [
    'paymentFrequencies[0].paymentFrequency.term catalogue.stepTooLong',
  ])
  assert.deepEqual(moduleWith({ term: months(12), paymentFrequencies: [yearly] }), [])
})

test('a module that is billed with the contract has the step of the rate, in every studio', () => {
  const listFaults = (mains: readonly object[], billingAlignment: 'OWN' | 'MAIN_CONTRACT' = 'MAIN_CONTRACT') => {
    const module = { termValue: null, termUnit: null, billingAlignment }
    const own = { ...monthly, entries: [], ages: [] } as never
    return describeFaults(moduleFrequencyFaults('price', own, { module, mains: mains as never }))
  }
  const weekly = { ...monthly, term: { value: 1, unit: 'WEEK' } }
  assert.deepEqual(listFaults([monthly]), [])
  assert.deepEqual(listFaults([monthly, weekly]), ['price.term catalogue.alignmentDiffers'])
  assert.deepEqual(listFaults([{ type: 'NON_RECURRING' }]), ['price.term catalogue.alignmentDiffers'])
  assert.deepEqual(listFaults([weekly], 'OWN'), [])
})

test('a pause costs what its kind of fee says, and one without end has no total', () => {
  const policyWith = (more: object) => {
    const policy = { enabled: true, temporalUnit: 'MONTH', maxTerms: 3, feeType: 'NONE', ...more }
    return describeFaults(idlePolicyFaults(readStrictly(IdlePolicyDocument, policy) as IdlePolicyDocument))
  }
  assert.deepEqual(policyWith({}), [])
  assert.deepEqual(policyWith({ feeType: 'ABSOLUTE' }), ['amount catalogue.fieldNeeded'])
  assert.deepEqual(policyWith({ feeType: 'RELATIVE', percentage: '100.01' }), ['percentage validation.max'])
  assert.deepEqual(policyWith({ amountPerUnit: '5' }), ['amountPerUnit catalogue.fieldNotAllowed'])
  const byUnit = { feeType: 'TERM_BASED', amountPerUnit: '5', unlimitedAllowed: true }
  assert.deepEqual(policyWith(byUnit), ['unlimitedAllowed catalogue.unlimitedPauseUnpriced'])
  assert.deepEqual(policyWith({ ...byUnit, recurringCharges: true }), [])
  assert.deepEqual(policyWith({ feeType: 'ABSOLUTE', amount: '5', unlimitedAllowed: true }), [])
})

test('a rate opens all doors or some, and names a service once', () => {
  const rateWith = (more: object) =>
    describeFaults(rateFaults(readStrictly(RateDocument, { name: 'Basic', ...more }) as RateDocument))
  assert.deepEqual(rateWith({ checkinEverywhere: true }), [])
  assert.deepEqual(rateWith({ checkinEverywhere: true, checkinStudioIds: [1] }), [
    'checkinStudioIds catalogue.fieldNotAllowed',
  ])
  assert.deepEqual(rateWith({ services: [{ serviceId: 1 }, { serviceId: 1 }] }), ['services validation.uniqueItems'])
})

test('a text block has the address or the file that it says it has', () => {
  const blockWith = (more: object, hasDocument = false) => {
    const block = readStrictly(TextBlockDocument, { title: 'Terms', text: 'All', ...more }) as TextBlockDocument
    return describeFaults(textBlockFaults(block, hasDocument))
  }
  assert.deepEqual(blockWith({ attachmentType: 'URL' }), ['url catalogue.fieldNeeded'])
  assert.deepEqual(blockWith({ url: 'https://gym.example' }), ['url catalogue.fieldNotAllowed'])
  assert.deepEqual(blockWith({ attachmentType: 'FILE' }), ['attachmentType catalogue.fieldNeeded'])
  assert.deepEqual(blockWith({ attachmentType: 'FILE' }, true), [])
})

test('a voucher has what its kind needs, and only its last discount may be without a length', () => {
  const voucherWith = (more: object) =>
    describeFaults(voucherFaults(readStrictly(VoucherDocument, { type: 'DISCOUNT', ...more }) as VoucherDocument))
  const open = { type: 'PERCENTAGE', percentage: '10', effective: 'UNLIMITED' }
  const initial = { type: 'ABSOLUTE', amount: '5.00', effective: 'INITIAL_TERM' }
  const timed = { ...open, effective: 'TIME_BASED', term: months(3) }
  assert.deepEqual(voucherWith({ discountPeriods: [timed, open] }), [])
  assert.deepEqual(voucherWith({ discountPeriods: [open, timed] }), [
    'discountPeriods[0].effective catalogue.openPeriodNotLast',
  ])
  assert.deepEqual(voucherWith({ discountPeriods: [initial, open] }), [
    'discountPeriods[0].effective catalogue.openPeriodNotLast',
  ])
  assert.deepEqual(voucherWith({ discountPeriods: [{ ...timed, term: undefined }] }), [
    'discountPeriods[0].term catalogue.fieldNeeded',
  ])
  assert.deepEqual(voucherWith({ type: 'CREDIT' }), ['creditValue catalogue.fieldNeeded'])
  assert.deepEqual(voucherWith({ type: 'CREDIT', creditValue: '1', discountPeriods: [open] }), [
    'discountPeriods catalogue.fieldNotAllowed',
  ])
  assert.deepEqual(voucherWith({ type: 'COMPANY_FEE_SPLIT', companyId: 1 }), ['companySplitType catalogue.fieldNeeded'])
  const split = { type: 'COMPANY_FEE_SPLIT', companyId: 1, companySplitType: 'PERCENTAGE' }
  assert.deepEqual(voucherWith(split), ['companySplitPercentage catalogue.fieldNeeded'])
  assert.deepEqual(voucherWith({ ...split, companySplitPercentage: '101' }), ['companySplitPercentage validation.max'])
  assert.deepEqual(voucherWith({ validFrom: '2026-02-01', validTo: '2026-01-01' }), ['validFrom validation.dateOrder'])
  assert.deepEqual(voucherWith({ bonus: months(1) }), [
    'bonusStrategy catalogue.fieldNeeded',
    'bonusRuntimeExtensionType catalogue.fieldNeeded',
  ])
})
