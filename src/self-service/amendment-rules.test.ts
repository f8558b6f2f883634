import assert from 'node:assert/strict'
import { test } from 'node:test'
import { judgeConflict, judgeWish, overlay, planAmendment, readWish } from './amendment-rules.ts'

const today = Temporal.PlainDate.from('2026-06-15')
const refused = (...args: Parameters<typeof judgeWish>) =>
  judgeWish(...args).map(({ reference, code }) => [reference, code])

test('a contact wish changes what it names: absent fields stay, an empty text removes', () => {
  const current = { email: 'a@x.de', phonePrivateMobile: '+49 151 1' }
  assert.deepEqual(planAmendment('CONTACT_DATA', current, readWish('CONTACT_DATA', { email: ' b@x.de ' })), {
    proposed: {
      email: 'b@x.de',
      phonePrivate: null,
      phonePrivateMobile: '+49 151 1',
      phoneBusiness: null,
      phoneBusinessMobile: null,
    },
    changedFields: ['email'],
  })
  const cleared = planAmendment('CONTACT_DATA', current, readWish('CONTACT_DATA', { phonePrivateMobile: '' }))
  assert.deepEqual(cleared.changedFields, ['phonePrivateMobile'])
  assert.equal(cleared.proposed['phonePrivateMobile'], null)
  assert.deepEqual(
    planAmendment('CONTACT_DATA', current, readWish('CONTACT_DATA', { email: 'a@x.de' })).changedFields,
    [],
  )
})

test('an address wish is the whole address: an old door does not survive a move', () => {
  const current = {
    street: 'Am Bahnhof',
    houseNumber: '90',
    zipCode: '12133',
    city: 'München',
    countryCode: 'DE',
    door: '3',
  }
  const body = { street: 'Seestr.', houseNumber: '5', zipCode: '10117', city: 'Berlin', countryCode: 'DE' }
  const plan = planAmendment('ADDRESS_DATA', current, readWish('ADDRESS_DATA', body))
  assert.equal(plan.proposed['door'], null)
  assert.deepEqual(plan.changedFields, ['street', 'houseNumber', 'city', 'door', 'zipCode'])
  assert.equal(overlay('ADDRESS_DATA', { ...current, floor: '2' }, plan)['floor'], null)
})

test('what waits is returned instead of what is stored now, field by field', () => {
  const plan = planAmendment('CONTACT_DATA', { email: 'a@x.de' }, readWish('CONTACT_DATA', { email: 'b@x.de' }))
  const shown = overlay('CONTACT_DATA', { email: 'a@x.de', phonePrivate: '030 12345' }, plan)
  assert.equal(shown['email'], 'b@x.de')
  assert.equal(shown['phonePrivate'], '030 12345')
})

test('a known province code sets the name, an unknown one is refused where we know the list', () => {
  const address = { street: 'Calle Mayor', zipCode: '28013', city: 'Madrid', countryCode: 'ES' }
  assert.equal(readWish('ADDRESS_DATA', { ...address, province: 'x', provinceCode: 'MD' })['province'], 'Madrid')
  const codes = (countryCode: string, provinceCode: string) =>
    refused('ADDRESS_DATA', readWish('ADDRESS_DATA', { ...address, countryCode, provinceCode }), today)
  assert.deepEqual(codes('US', 'CA'), [])
  assert.deepEqual(codes('ES', 'ZZ'), [['provinceCode', 'errormessage.validation.format']])
  assert.deepEqual(codes('FR', 'ZZ'), [])
})

test('the field rules of a person hold for every group', () => {
  const format = 'errormessage.validation.format'
  assert.deepEqual(refused('CONTACT_DATA', readWish('CONTACT_DATA', { email: 'b@x' }), today), [['email', format]])
  assert.deepEqual(refused('CONTACT_DATA', readWish('CONTACT_DATA', { email: '' }), today), [])
  assert.deepEqual(refused('CONTACT_DATA', readWish('CONTACT_DATA', { phoneBusiness: 'none' }), today), [
    ['phoneBusiness', format],
  ])
  const address = { street: 's', city: 'c', zipCode: '1011', countryCode: 'DE', floor: 'x'.repeat(101) }
  assert.deepEqual(refused('ADDRESS_DATA', readWish('ADDRESS_DATA', address), today), [
    ['zipCode', 'errormessage.validation.pattern'],
    ['floor', 'errormessage.validation.maxLength'],
  ])
  const born = (dateOfBirth: string) =>
    refused('MASTER_DATA', readWish('MASTER_DATA', { firstName: 'A', lastName: 'B', dateOfBirth }), today)
  assert.deepEqual(born('2026-06-15'), [])
  assert.deepEqual(born('2026-06-16'), [['dateOfBirth', 'errormessage.validation.mustNotBeFuture']])
})

test('a conflict is a field of the wish that is not any more what it was', () => {
  const base = { email: 'a@x.de', phonePrivate: null }
  assert.equal(judgeConflict(['email'], base, { email: 'a@x.de', phonePrivate: '030' }), 'NONE')
  assert.equal(judgeConflict(['email'], base, { email: 'c@x.de', phonePrivate: null }), 'CONFLICT')
})
