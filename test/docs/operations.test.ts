import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { buildWholeProgram } from '../../src/cli/program.ts'
import { parseOpeningHours } from '../../src/cli/input/opening-hours-file.ts'
import { parseShifts } from '../../src/cli/input/shifts-file.ts'
import { splitWords } from '../support/command-line.ts'

const page = readFileSync(new URL('../../docs/operations.md', import.meta.url), 'utf8')

test('every command on the page exists, with its options', async () => {
  const program = await buildWholeProgram()
  const lines = [...page.matchAll(/(?:^|`)(?:npm run )?palestra (?:-- )?([a-z][^`#\n]*)/gm)].map(
    ([, line = '']) => line,
  )
  assert.ok(lines.length > 20)
  for (const line of lines) {
    const words = splitWords(line.trim())
    let command = program
    while (words.length > 0) {
      const next = command.commands.find((each) => each.name() === words[0])
      if (!next) break
      command = next
      words.shift()
    }
    assert.notEqual(command.name(), 'palestra', `${line} is no command`)
    for (const option of words.filter((word) => word.startsWith('--'))) {
      const isKnown = command.options.some((each) => each.long === option)
      assert.ok(isKnown, `${line}: ${command.name()} has no ${option}`)
    }
  }
})

test('the files on the page can be read', () => {
  const [, hours = ''] = /```json\n([\s\S]*?)```/.exec(page) ?? []
  assert.deepEqual(Object.keys(parseOpeningHours(hours)), ['hours', 'closings', 'categories'])
  const [, shifts = ''] = /`(\[\{"weekday.*?)`/.exec(page) ?? []
  assert.equal(parseShifts(shifts)[0]?.weekday, 'MONDAY')
})
