import assert from 'node:assert/strict'
import { test } from 'node:test'
import { judgeAssignments } from '../information/assignment-rules.ts'
import { onOneLine } from '../../platform/validation/pasted-text.ts'
import { judgePerson, type PersonFields } from './person-rules.ts'
import { judgeTaxData, type TaxFacts } from './tax-rules.ts'

const today = Temporal.PlainDate.from('2026-06-15')
const good: PersonFields = {
  firstName: 'Mara',
  lastName: 'Lindner',
  email: 'mara@mail.example',
  dateOfBirth: Temporal.PlainDate.from('1994-11-02'),
  zipCode: '10435',
  countryCode: 'DE',
  phones: { phoneNumberMobile: '+49 (151) 555-01/23.4' },
  texts: { street: 'Lindenallee' },
}
const faults = (changes: PersonFields) =>
  judgePerson({ ...good, ...changes }, today).map(({ reference, code }) => `${reference} ${code.split('.').at(-1)}`)
const born = (text: string) => ({ dateOfBirth: Temporal.PlainDate.from(text) })

test('a complete person passes', () => {
  assert.deepEqual(faults({}), [])
})

test('names have 1 to 100 characters', () => {
  assert.deepEqual(faults({ firstName: '' }), ['firstName required'])
  assert.deepEqual(faults({ lastName: '𝒪'.repeat(100) }), [])
  assert.deepEqual(faults({ secondLastName: 'x'.repeat(101) }), ['secondLastName maxLength'])
})

test('nobody is born tomorrow or 120 years and a day ago', () => {
  assert.deepEqual(faults(born('2026-06-15')), [])
  assert.deepEqual(faults(born('2026-06-16')), ['dateOfBirth mustNotBeFuture'])
  assert.deepEqual(faults(born('1906-06-15')), [])
  assert.deepEqual(faults(born('1906-06-14')), ['dateOfBirth min'])
})

test('contact data have a form', () => {
  assert.deepEqual(faults({ email: 'mara@localhost' }), ['email format'])
  assert.deepEqual(faults({ email: 'jörg@bücher.example' }), [])
  assert.deepEqual(faults({ phones: { phoneNumberPrivate: '1234' } }), ['phoneNumberPrivate format'])
  assert.deepEqual(faults({ phones: { phoneNumberPrivate: '12345' } }), [])
  assert.deepEqual(faults({ phones: { phoneNumberPrivate: '(030) 12345' } }), [])
  assert.deepEqual(faults({ phones: { phoneNumberPrivate: ') 12345' } }), ['phoneNumberPrivate format'])
  for (const email of [
    '<anna@example.org>',
    'anna@example.org,ben@example.org',
    'Anna:anna@example.org',
    'mailto:anna@example.org',
    'anna@example.org?subject=Sauna',
    "'anna@example.org'",
    '„anna@example.org“',
    'anna@example.org!',
    'anna@example-.org',
  ]) {
    assert.deepEqual(faults({ email }), ['email format'], email)
  }
  assert.deepEqual(faults({ phones: { phoneNumberPrivate: '1'.repeat(31) } }), ['phoneNumberPrivate maxLength'])
})

test('postal codes follow their country', () => {
  assert.deepEqual(faults({ zipCode: '1043' }), ['zipCode pattern'])
  assert.deepEqual(faults({ zipCode: '8010', countryCode: 'AT' }), [])
  assert.deepEqual(faults({ zipCode: 'SW1A 1AA', countryCode: 'GB' }), [])
  assert.deepEqual(faults({ zipCode: '1'.repeat(13), countryCode: 'GB' }), ['zipCode maxLength'])
  assert.deepEqual(faults({ countryCode: 'XX' }), ['countryCode format'])
  assert.deepEqual(faults({ countryOfBirth: 'Italia' }), ['countryOfBirth format'])
})

test('an error about a person never repeats the value', () => {
  const violations = judgePerson({ ...good, email: 'secret', phones: { phone: 'secret' }, zipCode: 'secret' }, today)
  assert.doesNotMatch(JSON.stringify(violations), /secret/)
})

test('text is stored composed, trimmed and with single spaces', () => {
  assert.equal(onOneLine('  A\u0308mter \t Weg '), 'Ämter Weg')
})

const tax: TaxFacts = {
  studioCountry: 'ES',
  isStrict: false,
  taxId: '12345678A',
  hasDocument: false,
  placeOfBirth: undefined,
  countryOfBirth: undefined,
}

test('Spain and Italy ask for a tax number or a document', () => {
  assert.equal(judgeTaxData({ ...tax, studioCountry: 'DE', taxId: undefined }), undefined)
  assert.equal(judgeTaxData({ ...tax, taxId: undefined }), 'TAX_ID_REQUIRED')
  assert.equal(judgeTaxData({ ...tax, taxId: undefined, hasDocument: true }), undefined)
  assert.equal(judgeTaxData({ ...tax, taxId: '1234567' }), 'TAX_ID_INVALID')
})

test('check characters count only where the studio wants it', () => {
  assert.equal(judgeTaxData(tax), undefined)
  assert.equal(judgeTaxData({ ...tax, isStrict: true }), 'TAX_ID_INVALID')
  assert.equal(judgeTaxData({ ...tax, isStrict: true, taxId: '12345678z' }), undefined)
  assert.equal(judgeTaxData({ ...tax, isStrict: true, taxId: 'X1234567L' }), undefined)
  const italian = { ...tax, studioCountry: 'IT', isStrict: true, placeOfBirth: 'Milano' }
  assert.equal(judgeTaxData({ ...italian, taxId: 'RSSMRA85T10A562S' }), undefined)
  assert.equal(judgeTaxData({ ...italian, taxId: 'RSSMRA85T10A562T' }), 'TAX_ID_INVALID')
})

test('Italy asks where a person was born, unless it was abroad', () => {
  const italian = { ...tax, studioCountry: 'IT', taxId: 'RSSMRA85T10A562S' }
  assert.equal(judgeTaxData(italian), 'PLACE_OF_BIRTH_REQUIRED')
  assert.equal(judgeTaxData({ ...italian, countryOfBirth: 'IT' }), 'PLACE_OF_BIRTH_REQUIRED')
  assert.equal(judgeTaxData({ ...italian, countryOfBirth: 'FR' }), undefined)
  assert.equal(judgeTaxData({ ...italian, placeOfBirth: 'Torino' }), undefined)
})

const fields = [
  { id: 1, type: 'BOOLEAN', multi: false, itemIds: [] },
  { id: 2, type: 'DATE', multi: false, itemIds: [] },
  { id: 3, type: 'NUMERIC', multi: false, itemIds: [] },
  { id: 4, type: 'LIST', multi: false, itemIds: [41, 42] },
  { id: 5, type: 'LIST', multi: true, itemIds: [51, 52] },
  { id: 6, type: 'TEXT', multi: false, itemIds: [] },
] as const
const assign = (...pairs: (readonly [number, string])[]) =>
  judgeAssignments(
    pairs.map(([additionalInformationFieldId, value]) => ({ additionalInformationFieldId, value })),
    fields,
  )

test('values fit their field', () => {
  const right = [
    [1, 'true'],
    [2, '2024-02-29'],
    [3, '-123456789012345678'],
    [4, '42'],
    [5, '52,51'],
    [6, 'x'.repeat(1000)],
  ] as const
  assert.equal(assign(...right), undefined)
  const wrong = [
    [1, 'yes'],
    [2, '2026-02-29'],
    [3, '1234567890123456789'],
    [4, '41,42'],
    [5, '51,51'],
    [5, '53'],
    [6, ''],
    [6, 'x'.repeat(1001)],
  ] as const
  for (const pair of wrong) {
    assert.deepEqual(assign(pair), { index: 0, member: 'value', reason: 'valueInvalid' }, pair.join(' '))
  }
})

test('the first refused assignment is the answer', () => {
  assert.deepEqual(assign([1, 'true'], [1, 'x'], [9, 'y']), {
    index: 1,
    member: 'additionalInformationFieldId',
    reason: 'duplicate',
  })
  assert.deepEqual(assign([1, 'true'], [9, 'y']), {
    index: 1,
    member: 'additionalInformationFieldId',
    reason: 'unknown',
  })
})
