import type { Command } from 'commander'
import { demoKeyNames, inboundKey, webhookKey } from '../../demo/house/keys.ts'
import type { Platform } from '../../platform/platform.ts'
import { platformCommand } from '../command.ts'
import { UsageError } from '../failures.ts'

export function addDemoCommands(program: Command) {
  const demo = program.command('demo')
  const seed = demo.command('seed').description('plant the demo chain, unless it is there, and print its fixed keys')
  const plant = async (platform: Platform) => {
    refuseOutsideDemo(platform)
    const { seedDemo } = await import('../../demo/seed.ts')
    await seedDemo(platform)
    return listDemoKeys()
  }
  platformCommand(seed, plant, { makesDatabase: true })
  const reset = demo
    .command('reset')
    .description('remove the demo chain with all that happened in it and plant it anew')
  platformCommand(reset, async (platform) => {
    refuseOutsideDemo(platform)
    const { resetDemo } = await import('../../demo/seed.ts')
    await resetDemo(platform)
    return listDemoKeys()
  })
}

function refuseOutsideDemo({ config }: Platform) {
  if (!config.demo) throw new UsageError('The demo chain has keys that everybody knows: set PALESTRA_DEMO=true for it.')
}

/** The same on every machine, and refused everywhere but in demo mode. */
function listDemoKeys() {
  return demoKeyNames.map((name) => ({ name, inboundKey: inboundKey(name), webhookKey: webhookKey(name) }))
}
