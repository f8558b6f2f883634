import assert from 'node:assert/strict'
import { test } from 'node:test'
import { explainViolation, type GivenValues } from './violations.ts'

interface Reported {
  readonly code: string
  readonly table?: string
  readonly constraint?: string
  readonly column?: string
  readonly detail?: string
}

/** What the driver throws: the server's answer as the cause of the failed statement. */
const failure = (reported: Reported, query = 'insert into t') =>
  Object.assign(new Error('Failed query', { cause: Object.assign(new Error('violates'), reported) }), { query })

const explain = (reported: Reported, given: GivenValues = {}, query?: string) => {
  const { exit, message } = explainViolation(failure(reported, query), given) ?? assert.fail('not explained')
  return `${exit} ${message}`
}

test('an unknown parent is named by what it is and by the id that was given', () => {
  const slot = { code: '23503', table: 'class_slots', constraint: 'class_slots_class_id_fk' }
  const detail = 'Key is not present in table "classes".'
  assert.equal(explain({ ...slot, detail }, { classId: '99' }), '3 There is no class 99.')
  assert.equal(explain({ ...slot, detail }, { class: 99 }), '3 There is no class 99.')
  assert.equal(explain({ ...slot, detail }), '3 There is no such class.')
  assert.equal(
    explain({ ...slot, detail: 'Schlüssel ist nicht in Tabelle »classes« vorhanden.' }),
    '3 There is no such class.',
  )
  const studios = { code: '23503', table: 'employee_studios', constraint: 'employee_studios_studio_id_fk' }
  assert.equal(explain(studios, { studios: [7, 8] }), '3 There is no such studio among 7, 8.')
})

test('what is still used cannot be removed', () => {
  const used = { code: '23503', table: 'employee_competences', constraint: 'employee_competences_competence_id_fk' }
  assert.equal(explain(used, {}, 'delete from competences'), '4 This is still used by an employee competence.')
})

test('a duplicate is named by what makes it one', () => {
  const duplicate = (table: string, constraint: string) => explain({ code: '23505', table, constraint })
  assert.equal(duplicate('parking_lots', 'parking_lots_name_unique'), '4 A parking lot with this name exists already.')
  assert.equal(duplicate('studios', 'studios_tenant_id_id_pk'), '4 A studio with this id exists already.')
  assert.equal(duplicate('activations', 'activations_one_per_studio'), '4 Such an activation exists already.')
  assert.equal(
    duplicate('access_mediums', 'access_mediums_value_unique'),
    '4 An access medium with this value exists already.',
  )
})

test('a value that may not stand there is named by its field', () => {
  const check = { code: '23514', table: 'studios', constraint: 'studios_currency_known' }
  assert.equal(explain(check), '2 The value of currency is not one that a studio may have.')
  assert.equal(explain({ ...check, constraint: 'studios_ends_after_start' }), '2 The values do not make up a studio.')
  assert.equal(explain({ code: '23502', table: 'studios', column: 'country_code' }), '2 The country code is missing.')
  assert.equal(explain({ code: '22003' }), '2 A number is too large or too small.')
})

test('any other error is not explained', () => {
  assert.equal(explainViolation(failure({ code: '42P01' }), {}), undefined)
  assert.equal(explainViolation(new Error('x'), {}), undefined)
})
