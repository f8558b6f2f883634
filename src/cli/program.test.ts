import assert from 'node:assert/strict'
import { test } from 'node:test'
import { commandGroups } from './command-groups.ts'
import { buildProgram, buildWholeProgram } from './program.ts'

const whole = await buildWholeProgram()

test('the help names every group, and loads none of them', async () => {
  for (const words of [[], ['--help'], ['help'], ['no-such-group']]) {
    const program = await buildProgram(words)
    const describe = (of: typeof program) => of.commands.map((each) => [each.name(), each.description()])
    assert.deepEqual(describe(program), describe(whole))
    assert.deepEqual(
      program.commands.flatMap(({ commands }) => commands),
      [],
    )
  }
})

test('words that were no UTF-8 are refused', async () => {
  const message = 'The command line is not text in UTF-8.'
  await assert.rejects(buildProgram(['studio', 'create', '--name', 'M\uFFFDller']), { name: 'UsageError', message })
})

test('a group that is called is there with all its commands, and no other one', async () => {
  for (const { about } of commandGroups) {
    for (const name of Object.keys(about)) {
      const program = await buildProgram(['--json', name])
      const loaded = program.commands.filter(({ options, commands }) => options.length + commands.length > 0)
      assert.ok(
        loaded.every((each) => Object.hasOwn(about, each.name())),
        name,
      )
      const names = (of: typeof program) =>
        of.commands.find((each) => each.name() === name)?.commands.map((each) => each.name())
      assert.deepEqual(names(program), names(whole))
    }
  }
})

test('every group says what it is for', () => {
  for (const command of whole.commands) assert.notEqual(command.description(), '', command.name())
})
