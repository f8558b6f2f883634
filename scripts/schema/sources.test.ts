import assert from 'node:assert/strict'
import { test } from 'node:test'
import { join } from 'node:path'
import { misnamedSources, readSources, splitStatements } from './sources.ts'

test('a semicolon ends a statement only outside of bodies, strings, names and comments', () => {
  const body = 'create function f() returns void language plpgsql as $$ begin perform 1; end $$;'
  const others = [`select ';', 'it''s;'`, 'select 1 as "a;b"', '-- one; two\nselect 1 - 2']
  assert.deepEqual(splitStatements([body, ...others.map((each) => `${each};`)].join('\n')), [
    body,
    ...others.map((each) => `${each};`),
  ])
})

test('a file is named after the one thing that it makes', () => {
  const made = (file: string, name: string, kind: 'function' | 'trigger' = 'function') => ({
    file: join('src', 'classes', 'sql', file),
    text: '',
    makes: { kind, name },
  })
  assert.deepEqual(misnamedSources([made('f.sql', 'f'), made('f.sql', 'classes_kept', 'trigger')]), [])
  assert.deepEqual(misnamedSources([made('classes_view.sql', 'classes_view_insert', 'trigger')]), [])
  assert.match(misnamedSources([made('f.sql', 'g')])[0] ?? '', /not named after/)
  assert.match(misnamedSources([made('f.sql', 'f'), made('f.sql', 'g')])[0] ?? '', /one thing a file/)
})

test('every statement of the sources but grants makes something', () => {
  const sources = readSources(join(import.meta.dirname, '..', '..'))
  const others = sources.filter(({ makes }) => makes === undefined).map(({ text }) => text)
  assert.ok(sources.length > 80)
  assert.deepEqual(
    others.filter((text) => !/^(?:select palestra_own_lookup\(|revoke all on function )/.test(text)),
    [],
  )
})
