import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { declaredEvents } from '../../event-catalogue.ts'
import { declareEvent, type DomainEvent } from './events.ts'
import type { UnitOfWork } from './work.ts'

const source = join(import.meta.dirname, '..', '..')
const files = globSync('**/*.ts', { cwd: source }).filter((file) => !file.endsWith('.test.ts'))
const findLines = (pattern: RegExp) =>
  files.flatMap((file) => {
    const found = readFileSync(join(source, file), 'utf8').matchAll(pattern)
    return [...found].map((match) => ({ file: file.replaceAll('\\', '/'), text: match[1] ?? match[0] }))
  })

test('only a declaration makes an event that a unit of work takes', () => {
  const emitted: DomainEvent[] = []
  const work: Pick<UnitOfWork, 'emit'> = { emit: (event) => void emitted.push(event) }
  const about = { entityId: 1, audienceStudioIds: [2] }
  const slotUpdated = declareEvent('CLASS_SLOT_UPDATED', {
    when: 'A slot changed.',
    entity: 'the slot',
    content: { classId: { meaning: 'the class', example: 3 } },
  })
  work.emit(slotUpdated({ ...about, content: { classId: 4 } }))
  assert.deepEqual(emitted, [{ type: 'CLASS_SLOT_UPDATED', ...about, content: { classId: 4 } }])
  // @ts-expect-error Its content is part of what was declared.
  work.emit(slotUpdated(about))
  // @ts-expect-error It comes from no declaration.
  work.emit({ type: 'CLASS_SLOT_UPDATED', ...about })
})

test('nothing else in the sources passes for an event', () => {
  const casts = findLines(/\bas (?:unknown as )?DomainEvent\b/g).map(({ file }) => file)
  assert.deepEqual(casts, ['platform/units/events.ts'])
})

test('every declared type is in the catalogue, once', () => {
  const declared = findLines(/\bdeclareEvent(?:<\w+>)?\('(\w+)'/g).map(({ text }) => text)
  assert.ok(declared.length > 0)
  const listed = declaredEvents.map(({ type }) => type)
  assert.deepEqual(listed.toSorted(), declared.toSorted())
  assert.equal(new Set(listed).size, listed.length)
})
