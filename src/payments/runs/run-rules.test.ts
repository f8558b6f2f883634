import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  easterSunday,
  isBankingDay,
  isRunDay,
  planBankCollection,
  planCardCollection,
} from './collection-date-rules.ts'
import { lastUseNeeded } from './mandate-use-rules.ts'
import { cutSepaText, toSepaText } from './sepa-text-rules.ts'

const day = (text: string) => Temporal.PlainDate.from(text)
const plan = (madeOn: string, targetDate: string, preNotificationDays = 1) =>
  planBankCollection({ madeOn: day(madeOn), targetDate: day(targetDate), preNotificationDays }).toString()

test('Easter is where the almanac has it', () => {
  const almanac = ['2024-03-31', '2025-04-20', '2026-04-05', '2027-03-28', '2038-04-25', '2285-03-22', '1954-04-18']
  for (const text of almanac) assert.equal(easterSunday(day(text).year).toString(), text)
})

test('banks do not settle on weekends, at Easter, Christmas, New Year and the first of May', () => {
  const closed = ['2026-01-01', '2026-04-03', '2026-04-06', '2026-05-01', '2026-12-25', '2026-12-26', '2026-06-20']
  for (const text of closed) assert.equal(isBankingDay(day(text)), false, text)
  for (const text of ['2026-04-02', '2026-04-07', '2026-05-04', '2026-12-24', '2026-12-31']) {
    assert.equal(isBankingDay(day(text)), true, text)
  }
})

test('a run is collected on a banking day behind the one on which it is made, not before its target date', () => {
  // A Wednesday; the first of May is a holiday and a Friday.
  assert.equal(plan('2026-04-29', '2026-05-01'), '2026-05-04')
  assert.equal(plan('2026-06-16', '2026-06-16'), '2026-06-17')
  assert.equal(plan('2026-06-19', '2026-06-16'), '2026-06-22')
  assert.equal(plan('2026-06-16', '2026-06-16', 14), '2026-06-30')
  assert.equal(plan('2026-06-16', '2026-06-16', 0), '2026-06-17')
  assert.equal(plan('2026-12-24', '2026-12-24'), '2026-12-28')
})

test('cards are charged on any day', () => {
  const wish = { madeOn: day('2026-06-20'), targetDate: day('2026-06-16'), preNotificationDays: 9 }
  assert.equal(planCardCollection(wish).toString(), '2026-06-20')
})

test('whenever a run is made, its collection is late enough, on a banking day, and no later than it has to be', () => {
  const days = fc.integer({ min: 0, max: 4000 }).map((count) => day('2024-01-01').add({ days: count }))
  fc.assert(
    fc.property(days, days, fc.integer({ min: 0, max: 30 }), (madeOn, targetDate, preNotificationDays) => {
      const found = planBankCollection({ madeOn, targetDate, preNotificationDays })
      const suits = (each: Temporal.PlainDate) =>
        isBankingDay(each) &&
        Temporal.PlainDate.compare(each, madeOn) > 0 &&
        Temporal.PlainDate.compare(each, targetDate) >= 0 &&
        madeOn.until(each).days >= preNotificationDays
      assert.ok(suits(found))
      for (let before = found.subtract({ days: 1 }); found.since(before).days < 6; ) {
        assert.ok(!suits(before), `${before} would do`)
        before = before.subtract({ days: 1 })
      }
    }),
  )
})

test('a mandate has ended when it was not used for 36 months', () => {
  assert.equal(lastUseNeeded(day('2026-06-17')).toString(), '2023-06-17')
  assert.equal(lastUseNeeded(day('2028-02-29')).toString(), '2025-02-28')
})

test('texts are written with the letters that every bank takes', () => {
  for (const [text, expected] of [
    ['Jürgen Müßig & Söhne', 'Juergen Muessig + Soehne'],
    ['Łukasz Żółć', 'Lukasz Zolc'],
    ['Ærøskøbing, Þór', 'Aeroskobing, Thor'],
    ['Ángel Ñuñez d’Ávila', "Angel Nunez d'Avila"],
    ['Ελένη Παπαδοπούλου', 'Eleni Papadopoyloy'],
    ['Христо Ботьов', 'Hristo Botov'],
    ['Gebühr 5 €; 10 %', 'Gebuehr 5 EUR, 10 .'],
    ['  //a//b/ ', 'a/b'],
    ['Zeile\r\neins\tzwei', 'Zeile eins zwei'],
    ['＜Ｇｙｍ＞ ﬁt', '.Gym. fit'],
    ['e\u0301\u200b<b>', 'e.b.'],
  ]) {
    assert.equal(toSepaText(text ?? ''), expected)
  }
})

test('whatever is typed, a text keeps to the letters and the length, and is never empty', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 1, max: 140 }), (text, longest) => {
      const cut = cutSepaText(text, longest)
      assert.match(cut, /^[A-Za-z0-9/\-?:().,'+ ]+$/)
      assert.ok(!cut.includes('//') && !/^[ /]|[ /]$/.test(cut))
      assert.ok(cut.length <= Math.max(longest, 'NOTPROVIDED'.length))
    }),
  )
})

test('a calendar of the last day holds in months of any length', () => {
  const on = (runDays: number[], text: string) => isRunDay(runDays, day(text))
  assert.deepEqual([on([31], '2026-02-28'), on([31], '2028-02-28'), on([31], '2028-02-29')], [true, false, true])
  assert.deepEqual([on([1, 15], '2026-06-15'), on([1, 15], '2026-06-16'), on([], '2026-06-30')], [true, false, false])
})
