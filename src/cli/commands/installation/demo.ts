import type { Command } from 'commander'
import { demoKeyNames, inboundKey, webhookKey } from '../../../demo/house/keys.ts'
import type { Platform } from '../../../platform/platform.ts'
import { plainCommand, platformCommand } from '../../command.ts'
import { exitCode } from '../../exit-codes.ts'
import { CommandFailure, UsageError } from '../../failures.ts'

export function addDemoCommands(program: Command) {
  const demo = program.command('demo')
  const seed = demo.command('seed').description('plant the demo chain, unless it is there, and print its fixed keys')
  const plant = async (platform: Platform) => {
    refuseOutsideDemo(platform)
    const { seedDemo } = await openSeed()
    await seedDemo(platform)
    return listDemoKeys()
  }
  platformCommand(seed, plant, { makesDatabase: true })
  const reset = demo
    .command('reset')
    .description('remove the demo chain with all that happened in it and plant it anew')
  platformCommand(reset, async (platform) => {
    refuseOutsideDemo(platform)
    const { resetDemo } = await openSeed()
    await resetDemo(platform)
    return listDemoKeys()
  })
  addPay(demo)
}

async function openSeed() {
  // Fills the hooks by which modules take part in each other's units.
  await import('../../../modules.ts')
  return import('../../../demo/seed.ts')
}

/** What the browser of a payer does, without a browser. */
function addPay(demo: Command) {
  const pay = demo
    .command('pay <userSessionToken>')
    .description('authorise a payment session with a test card, as a payer does, and print the token for the operation')
    .option('--url <url>', 'where the server answers; left out: PALESTRA_PUBLIC_URL')
    .option('--card <number>', 'a test card of the sandbox', '4242424242424242')
  plainCommand<{ url?: string; card: string }>(pay, async ({ args: [token = ''], options: { url, card } }) => {
    const { readConfig } = await import('../../../platform/config/config.ts')
    const { GatewayRefusal, payInGateway } = await import('../../../demo/gateway-payer.ts')
    const base = url ?? readConfig(process.env).publicUrl
    return payInGateway(base, token, card).catch((error: unknown) => {
      if (error instanceof GatewayRefusal) throw new CommandFailure(error.message, exitCode.failure)
      throw new CommandFailure(`No server answers at ${base}.`, exitCode.unreachable)
    })
  })
}

function refuseOutsideDemo({ config }: Platform) {
  if (!config.demo) throw new UsageError('The demo chain has keys that everybody knows: set PALESTRA_DEMO=true for it.')
}

/** The same on every machine, and refused everywhere but in demo mode. */
function listDemoKeys() {
  return demoKeyNames.map((name) => ({ name, inboundKey: inboundKey(name), webhookKey: webhookKey(name) }))
}
