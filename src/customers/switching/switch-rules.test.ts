import assert from 'node:assert/strict'
import { test } from 'node:test'
import { judgeSwitch, type SwitchFacts, type SwitchStudio } from './switch-rules.ts'

const day = (text: string) => Temporal.PlainDate.from(text)
const studio = (id: number, changes: Partial<SwitchStudio> = {}): SwitchStudio => ({
  id,
  legalEntityId: 1,
  currency: 'EUR',
  countryCode: 'DE',
  status: 'ACTIVE',
  closingDate: null,
  ...changes,
})
const judge = (changes: Partial<SwitchFacts> = {}) =>
  judgeSwitch({
    source: studio(1),
    target: studio(2),
    previousOn: undefined,
    switchDate: day('2026-05-31'),
    today: day('2026-05-31'),
    ...changes,
  })
const target = (changes: Partial<SwitchStudio>) => judge({ target: studio(2, changes) })

test('three months back is accepted, clamped to the end of February, and not a day more', () => {
  assert.equal(judge({ switchDate: day('2026-02-28') }), undefined)
  assert.equal(judge({ switchDate: day('2026-02-27') }), 'dateTooOld')
  assert.equal(judge({ switchDate: day('2026-06-01') }), 'dateInFuture')
})

test('a switch comes after the previous one', () => {
  assert.equal(judge({ previousOn: day('2026-05-31') }), 'beforePreviousSwitch')
  assert.equal(judge({ previousOn: day('2026-05-30') }), undefined)
})

test('the target is another studio of the tenant that is open', () => {
  assert.equal(judge({ target: studio(1) }), 'sameStudio')
  assert.equal(judge({ target: undefined }), 'targetNotFound')
  assert.equal(target({ status: 'CLOSED' }), 'targetNotFound')
  assert.equal(target({ closingDate: day('2026-05-30') }), 'targetNotFound')
  assert.equal(target({ closingDate: day('2026-05-31') }), undefined)
})

test('what differs is named in order: legal entity, currency, taxes', () => {
  const all = { legalEntityId: null, currency: 'CHF', countryCode: 'CH' }
  assert.equal(target(all), 'legalEntityDiffers')
  assert.equal(target({ ...all, legalEntityId: 1 }), 'currencyDiffers')
  assert.equal(target({ countryCode: 'AT' }), 'taxConfigurationDiffers')
  assert.equal(judge({ target: studio(2, all), switchDate: day('2026-02-27') }), 'dateTooOld')
})
