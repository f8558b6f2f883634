import type { Command } from 'commander'
import { listAmendmentConfig, listAmendments } from '../../../self-service/index.ts'
import { parseId, tenantCommand } from '../../command.ts'

interface AtStudio {
  readonly studio: number
}

/** What staff read of wishes; the other commands follow from their declarations. */
export function addAmendmentReading(program: Command) {
  const amendment = program.commands.find((each) => each.name() === 'amendment') ?? program.command('amendment')
  const list = amendment
    .command('list')
    .description('what waits for the staff of a studio: what is there, what is wished, what changed meanwhile')
    .requiredOption('--studio <id>', 'the studio', parseId)
  tenantCommand<AtStudio>(list, ({ read }, { options: { studio } }) => read((view) => listAmendments(view, studio)))
  const modes = amendment
    .command('modes')
    .description('what customers of a studio may change by themselves')
    .requiredOption('--studio <id>', 'the studio', parseId)
  tenantCommand<AtStudio>(modes, ({ read }, { options: { studio } }) =>
    read((view) => listAmendmentConfig(view, studio)),
  )
}
