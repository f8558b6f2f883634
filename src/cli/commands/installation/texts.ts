import type { Command } from 'commander'
import { listOwnTexts, overrideText, removeOverride } from '../../../platform/texts/overrides.ts'
import { tenantCommand } from '../../command.ts'

export function addTextCommands(program: Command) {
  const text = program.command('text')
  const set = text
    .command('set <key> <language> <text>')
    .description('word a text, as in: text set errormessage.access.studioFull de "Wir sind voll."')
  tenantCommand(set, ({ write }, { args: [key = '', language = '', words = ''] }) =>
    write((work) => overrideText(work, { key, language, text: words })),
  )
  const list = text.command('list').description('own texts, beside those that they replace')
  tenantCommand(list, ({ read }) => read(listOwnTexts))
  const remove = text.command('remove <key> <language>').description('go back to the text that comes with Palestra')
  tenantCommand(remove, ({ write }, { args: [key = '', language = ''] }) =>
    write((work) => removeOverride(work, { key, language })),
  )
}
