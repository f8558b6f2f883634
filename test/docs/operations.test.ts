import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { buildWholeProgram } from '../../src/cli/program.ts'
import { parseOpeningHours } from '../../src/cli/input/opening-hours-file.ts'
import { parseShifts } from '../../src/cli/input/shifts-file.ts'
import { runCommand, splitWords } from '../support/command-line.ts'
import { testDatabase } from '../support/database.ts'

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

test('the first gym, studio and partner are set up by the lines of the page, as they stand there', async () => {
  const [, block = ''] = /```\n(palestra tenant create[\s\S]*?)```/.exec(page) ?? []
  const lines = block.split('\n').filter((line) => line !== '')
  const database = await testDatabase()
  try {
    const settings = {
      PALESTRA_DATABASE_URL: database.url,
      PALESTRA_SECRET_KEY: 'a-root-key-of-more-than-32-characters',
    }
    for (const line of lines) await runCommand(line.replace(/^palestra /, '').replace(/#.*/, ''), settings)
    // Commands that were called in vain take ids, which those of the page do not care about.
    const [activation] = await runCommand('activation list', settings)
    assert.deepEqual([activation.id, activation.integrationId, activation.studioId], [30, 20, 10])
    const { inboundKey } = await runCommand('activation send-link 30', settings)
    assert.match(inboundKey, /^pal_in_/)
  } finally {
    await database.drop()
  }
})
