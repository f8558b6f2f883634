import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type AccountType, isRoutingNumber, planAccountSearch } from './account-numbers.ts'

const label = (type: AccountType, typed: string) => {
  const plan = planAccountSearch(type, typed)
  return typeof plan === 'string' ? plan : `${plan.in} ${plan.label.split('\n')[1]}`
}

test('an IBAN is found however it is written, and only a whole one of the SEPA area', () => {
  assert.equal(label('SEPA', ' de89 3704 0044 0532 0130 00'), 'WHOLE DE89370400440532013000')
  for (const typed of ['DE88370400440532013000', 'DE8937040044053201300', 'US64SVBKUS6S3300958879', '4242']) {
    assert.equal(label('SEPA', typed), 'INVALID')
  }
})

test('a British account is an IBAN, a sort code with account, or the account alone', () => {
  assert.equal(label('BACS', 'GB33BUKB20201555555555'), 'WHOLE 20201555555555')
  assert.equal(label('BACS', '20-20-15 55555555'), 'WHOLE 20201555555555')
  assert.equal(label('BACS', '55555555'), 'PART 55555555')
  assert.equal(label('BACS', '5555555'), 'INVALID')
  assert.equal(label('BACS', 'DE89370400440532013000'), 'INVALID')
})

test('an American account has a routing number that adds up', () => {
  assert.equal(isRoutingNumber('021000021'), true)
  assert.equal(label('ACH', '021000021:123456'), 'WHOLE 021000021/123456')
  assert.equal(label('ACH', '021000022/123456'), 'INVALID')
  assert.equal(label('ACH', '123456'), 'PART 123456')
  assert.equal(label('ACH', '123'), 'INVALID')
})

test('of a card the last four digits or the masked number are taken, and never the whole one', () => {
  assert.equal(label('CREDIT_CARD', '4242'), 'PART 4242')
  assert.equal(label('CREDIT_CARD', '424242******4242'), 'WHOLE 4242424242')
  assert.equal(label('CREDIT_CARD', '4242 4242 4242 4242'), 'FULL_CARD_NUMBER')
  assert.equal(label('CREDIT_CARD', '4242-4242-4242-4242'), 'FULL_CARD_NUMBER')
  assert.equal(label('CREDIT_CARD', '42'), 'INVALID')
})
