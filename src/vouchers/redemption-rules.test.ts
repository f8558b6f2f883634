import assert from 'node:assert/strict'
import { test } from 'node:test'
import { formatCode, normaliseCode, parsePrefix } from './code-rules.ts'
import { drawAccessCode, drawCodes } from './codes.ts'
import { foldRedeemer, judgeHolder, judgeRedeemer, planOffer, type VoucherTerms } from './redemption-rules.ts'

const on = (text: string) => Temporal.PlainDate.from(text)
const terms: VoucherTerms = {
  isActive: true,
  validFrom: on('2026-06-01'),
  validTo: on('2026-06-30'),
  offerIds: [41, 42],
  defaultOfferId: 41,
  membersAllowed: false,
  maxPerPerson: 1,
}
const planned = (changes: Partial<VoucherTerms>, offerId?: number, today = '2026-06-15') => {
  const plan = planOffer({ ...terms, ...changes }, offerId, on(today))
  return 'refusal' in plan ? plan.refusal : plan.offerId
}

test('a voucher counts from its first to its last day, for an offer of its campaign', () => {
  assert.equal(planned({}), 41)
  assert.equal(planned({}, 42), 42)
  assert.equal(planned({}, 43), 'offerMismatch')
  assert.equal(planned({}, undefined, '2026-05-31'), 'notYetValid')
  assert.equal(planned({}, undefined, '2026-06-01'), 41)
  assert.equal(planned({}, undefined, '2026-06-30'), 41)
  assert.equal(planned({}, undefined, '2026-07-01'), 'expired')
})

test('of several reasons the first in the order of the checks is returned', () => {
  assert.equal(planned({ isActive: false }, 43, '2026-07-01'), 'inactive')
  assert.equal(planned({}, 43, '2026-07-01'), 'expired')
  const member = { membershipUntil: 'infinity', redeemed: 1 }
  assert.equal(judgeHolder(terms, member, on('2026-06-15')), 'memberNotAllowed')
  assert.equal(judgeHolder({ ...terms, membersAllowed: true }, member, on('2026-06-15')), 'personLimitReached')
})

test('members are left out unless the campaign is for them; a person has so many of a campaign', () => {
  const judge = (membershipUntil: string | null, redeemed: number, changes: Partial<VoucherTerms> = {}) =>
    judgeHolder({ ...terms, ...changes }, { membershipUntil, redeemed }, on('2026-06-15'))
  assert.equal(judge(null, 0), undefined)
  assert.equal(judge('2026-06-14', 0), undefined)
  assert.equal(judge('2026-06-15', 0), 'memberNotAllowed')
  assert.equal(judge('2026-06-15', 0, { membersAllowed: true }), undefined)
  assert.equal(judge(null, 1), 'personLimitReached')
  assert.equal(judge(null, 1, { maxPerPerson: 2 }), undefined)
})

test('case, blanks, hyphens and what stands around a copied code do not matter', () => {
  const copied = [
    '"CHVB1-YL29-MYVA".',
    'CHVB1_YL29_MYVA',
    'CHVB1\u2043YL29\u2212MYVA',
    '\u202Achvb1\u200Byl29\u2800myva\u202C',
  ]
  for (const text of ['CHVB1-YL29-MYVA', ' chvb1 yl29 myva ', 'chvb1yl29–myva', ...copied]) {
    assert.equal(normaliseCode(text), 'CHVB1YL29MYVA')
  }
  assert.equal(formatCode('CHVB1YL29MYVA'), 'CHVB1-YL29-MYVA')
  assert.notEqual(normaliseCode('CHVB1-ÜYL2-MYVA'), normaliseCode('CHVB1-YL2-MYVA'))
  assert.equal(parsePrefix('\u200Bchvb1\uFEFF'), 'CHVB1')
  assert.deepEqual([parsePrefix(' chvb1'), parsePrefix('CHVB'), parsePrefix('CHV-1')], ['CHVB1', undefined, undefined])
})

test('drawn codes are different, and have no letter that looks like a digit', () => {
  const codes = drawCodes('CHVB1', 1000)
  assert.equal(new Set(codes).size, 1000)
  for (const code of codes) assert.match(code, /^CHVB1[A-HJ-NP-Z2-9]{8}$/)
  assert.match(drawAccessCode(), /^[A-HJ-NP-Z2-9]{8}$/)
})

test('a person is the same in whatever spelling', () => {
  const one = foldRedeemer({ firstname: 'Max', lastname: 'Mustermann', email: 'max@mail.example' })
  assert.deepEqual(foldRedeemer({ firstname: ' max ', lastname: 'MUSTERMANN', email: ' Max@Mail.Example ' }), one)
})

test('what is wrong with a person is named by the fields of the request', () => {
  const wrong = judgeRedeemer({ firstname: ' ', lastname: 'x'.repeat(101), email: 'max' }, on('2026-06-15'))
  assert.deepEqual(
    wrong.map(({ reference, code, args }) => [reference, code.split('.').at(-1), args[0]?.value]),
    [
      ['firstname', 'required', 'firstname'],
      ['lastname', 'maxLength', 'lastname'],
      ['email', 'format', 'email'],
    ],
  )
})
