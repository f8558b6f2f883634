import assert from 'node:assert/strict'
import { test } from 'node:test'
import { formatArgument } from './argument-text.ts'
import { ApiError, notFound, refuseFields, type TypedArgument } from './errors.ts'
import { chooseLanguage, errorBody, formatSentence, hasText } from './localisation.ts'

const headers: readonly (readonly [string | undefined, string])[] = [
  [undefined, 'de-CH'],
  ['', 'de-CH'],
  [' , ,', 'de-CH'],
  ['fr-LU', 'fr-LU'],
  ['de-LU', 'de'],
  ['pt-BR', 'en'],
  ['pt-BR, it;q=0.3', 'it'],
  ['en;q=0.5, DE_ch', 'de-CH'],
  ['*', 'de-CH'],
  ['pt, *;q=0.1', 'de-CH'],
  ['nn-NO', 'nb'],
  ['no', 'nb'],
  ['NO_no', 'nb'],
  ['de;q=0, fr', 'fr'],
  ['de;q=0', 'en'],
  ['fr;q=0.5, it;q=0.5', 'fr'],
  ['fr ; q=0.1 , it;Q=1.000', 'it'],
  ['de-Latn-AT', 'de'],
  ['nonsense', 'en'],
]

for (const [header, language] of headers) {
  test(`the header ${JSON.stringify(header)} at a studio in de-CH chooses ${language}`, () => {
    assert.equal(chooseLanguage(header, 'de-CH', 'fr'), language)
  })
}

for (const malformed of ['de;q=2', 'de;q=0.1234', 'de;level=1', 'de fr', 'de-', 'verylongtag', 'fr, d€']) {
  test(`the malformed header ${JSON.stringify(malformed)} counts as absent`, () => {
    assert.equal(chooseLanguage(malformed, 'it'), 'it')
  })
}

test('without a header a studio tag falls back to its base language, then to the tenant, then to English', () => {
  assert.equal(chooseLanguage(undefined, 'de-AT', 'fr'), 'de')
  assert.equal(chooseLanguage(undefined, 'pt-PT', 'fr'), 'fr')
  assert.equal(chooseLanguage(undefined, 'pt-PT', 'pt'), 'en')
  assert.equal(chooseLanguage(undefined), 'en')
})

const formatted: readonly (readonly [TypedArgument, string, string])[] = [
  [{ type: 'MONEY', value: { amount: 1.29, currency: 'EUR' } }, 'de', '1,29 €'],
  [{ type: 'MONEY', value: { amount: 1234.5, currency: 'CHF' } }, 'de-CH', "CHF 1'234.50"],
  [{ type: 'MONEY', value: { amount: 1234.5, currency: 'CHF' } }, 'de-LI', "CHF 1'234.50"],
  [{ type: 'INTEGER', value: 1000008459 }, 'en', '1000008459'],
  [{ type: 'INTEGER', value: 1000008459 }, 'de', '1000008459'],
  [{ type: 'DECIMAL', value: 999999999.99 }, 'de', '999.999.999,99'],
  [{ type: 'DECIMAL', value: 0.0001 }, 'sv', '0,0001'],
  [{ type: 'DATE', value: '2026-06-15' }, 'de', '15.06.2026'],
  [{ type: 'DATE', value: '2026-06-15' }, 'en-GB', '15 Jun 2026'],
  [{ type: 'TIME', value: '06:00:00' }, 'de', '06:00'],
  [{ type: 'TIMESTAMP', value: '2026-06-15T08:00:00.000+02:00[Europe/Berlin]' }, 'de', '15.06.2026, 08:00'],
  [{ type: 'TIMESTAMP', value: '2026-01-15T08:00:00.000Z[Europe/London]' }, 'en-GB', '15 Jan 2026, 08:00'],
  [{ type: 'MONTH_DAY', value: '--02-29' }, 'de', '29. Februar'],
  [{ type: 'TERM', value: { value: 3, unit: 'MONTH' } }, 'cs', '3 měsíce'],
  [{ type: 'TERM', value: { value: 5, unit: 'MONTH' } }, 'cs', '5 měsíců'],
  [{ type: 'TERM', value: { value: 1, unit: 'HOURS' } }, 'de', '1 Stunde'],
  [{ type: 'ENUM', value: ['A', 'B', 'C'] }, 'de', 'A, B oder C'],
  [{ type: 'ENUM', value: 'A' }, 'de', 'A'],
  [{ type: 'PERMISSION_LIST', value: ['A', 'B'] }, 'fr', 'A ou B'],
  [
    { type: 'AVAILABILITY_LIST', value: [{ dayOfWeek: 'SUNDAY', timeFrom: '09:00:00', timeTo: '15:00:00' }] },
    'de',
    'So 09:00–15:00',
  ],
]

for (const [argument, tag, text] of formatted) {
  test(`${argument.type} ${JSON.stringify(argument.value)} reads ${text} in ${tag}`, () => {
    assert.equal(formatArgument(argument, tag).replaceAll('\u00a0', ' '), text)
  })
}

test('a value that is not what its type promises is returned as it is', () => {
  assert.equal(formatArgument({ type: 'DATE', value: 'soon' }, 'de'), 'soon')
  assert.equal(formatArgument({ type: 'TERM', value: { value: 2, unit: 'EON' } }, 'de'), '{"value":2,"unit":"EON"}')
})

test('a text is taken from the variant, else from its base language', () => {
  const limit = [{ type: 'INTEGER', value: 5 }] as const
  assert.equal(formatSentence('errormessage.upload.tooLarge', 'de', limit), 'Der Upload ist größer als 5 MB.')
  assert.equal(formatSentence('errormessage.upload.tooLarge', 'de-CH', limit), 'Der Upload ist grösser als 5 MB.')
  assert.equal(formatSentence('errormessage.upload.empty', 'de-CH', []), 'Die Datei ist leer.')
})

test('an id in a text is not grouped like a quantity', () => {
  const error = notFound('customer', 1000000900)
  assert.equal(errorBody(error, 'en', 't').errorMessage, 'The customer 1000000900 was not found.')
})

test('a forgotten argument leaves a dash, an unknown code itself', () => {
  assert.equal(formatSentence('errormessage.customer.notFound', 'en', []), 'The customer – was not found.')
  assert.equal(formatSentence('errormessage.no.such', 'de', []), 'errormessage.no.such')
  assert.equal(hasText('errormessage.no.such'), false)
  assert.equal(hasText('toString'), false)
  assert.equal(hasText('errormessage.internal'), true)
})

test('an unexpected error quotes the trace id', () => {
  assert.match(formatSentence('errormessage.internal', 'en', [], { traceId: 'abc123' }), /quote abc123\./)
})

test('a tenant’s own wording wins in its language, markup and braces in it do no harm', () => {
  const overrides = (texts: Record<string, string>) => (_code: string, language: string) => texts[language]
  const empty = new ApiError(400, 'errormessage.upload.empty')
  const message = (texts: Record<string, string>) => errorBody(empty, 'de-CH', 't', overrides(texts)).errorMessage
  assert.equal(message({ de: 'Leer <b>!' }), 'Leer <b>!')
  assert.equal(message({ 'de-CH': 'Nüt drin', de: 'Leer' }), 'Nüt drin')
  assert.equal(message({ fr: 'Vide' }), 'Die Datei ist leer.')
  assert.equal(message({ de: 'Leer {' }), 'Die Datei ist leer.')
  assert.equal(message({ de: 'Leer {9}' }), 'Die Datei ist leer.')
})

test('the body repeats arguments raw and typed, and leaves out what is empty', () => {
  assert.deepEqual(errorBody(new ApiError(400, 'errormessage.upload.empty'), 'en', 'abc'), {
    errorMessage: 'The file is empty.',
    errorCode: 'errormessage.upload.empty',
    traceId: 'abc',
  })
  const typedArgs = [{ type: 'MONEY', value: { amount: 1.3, currency: 'EUR' } }] as const
  const body = errorBody(new ApiError(400, 'errormessage.device.insufficientCredit', { args: typedArgs }), 'de', 'abc')
  assert.deepEqual(body.args, [{ amount: 1.3, currency: 'EUR' }])
  assert.deepEqual(body.typedArgs, typedArgs)
})

test('several refused fields are all listed, a single one is not', () => {
  const violation = (reference: string) => ({
    reference,
    code: 'errormessage.validation.required' as const,
    args: [{ type: 'STRING', value: reference }] as const,
  })
  const two = errorBody(refuseFields([violation('a'), violation('b[0].c')]), 'en', 'abc')
  assert.equal(two.reference, 'a')
  assert.deepEqual(two.violations, [
    { reference: 'a', errorCode: 'errormessage.validation.required', errorMessage: 'a is required.' },
    { reference: 'b[0].c', errorCode: 'errormessage.validation.required', errorMessage: 'b[0].c is required.' },
  ])
  assert.equal('violations' in errorBody(refuseFields([violation('a')]), 'en', 'abc'), false)
})
