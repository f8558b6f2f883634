import type { Command } from 'commander'
import { inboundKey } from '../../../demo/house/keys.ts'
import { parseWhole, plainCommand } from '../../command.ts'
import { UsageError } from '../../failures.ts'
import { readEnvironment } from '../../session.ts'
import { simulateAgency } from '../../simulators/agency.ts'

interface Options {
  readonly seed: number
  readonly rounds: number
  readonly url?: string
  readonly key?: string
}

export function addSimulateCommands(program: Command) {
  const agency = program
    .command('simulate')
    .command('agency')
    .description('play a debt collection agency against a running server, and compare the figures in the end')
    .option('--seed <count>', 'what happens by chance is the same for the same seed', parseWhole, 1)
    .option('--rounds <count>', 'how often each case may go on', parseWhole, 6)
    .option('--url <url>', 'the server; left out: the one of this environment')
    .option('--key <key>', 'the key of the agency; left out: that of the demo')
  plainCommand<Options>(agency, async ({ options: { seed, rounds, url, key } }) => {
    const config = readEnvironment()
    if (key === undefined && !config.demo) throw new UsageError('Outside of demo mode the agency needs its --key.')
    const outcome = await simulateAgency({
      url: url ?? config.publicUrl,
      key: key ?? inboundKey('demoBerlinAgency'),
      seed,
      rounds,
    })
    if (outcome.differences.length > 0) process.exitCode = 1
    return outcome
  })
}
