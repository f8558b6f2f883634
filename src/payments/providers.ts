import type { RunUnit, View } from '../platform/units/work.ts'
import type { Provider, providerNames } from './provider.ts'
import { sandbox } from './sandbox/sandbox-provider.ts'
import { findSettings } from './settings-store.ts'
import { stripe } from './stripe/stripe-provider.ts'
import { findIntent } from './stripe/stripe-store.ts'

const providers: Readonly<Record<(typeof providerNames)[number], Provider>> = { SANDBOX: sandbox, STRIPE: stripe }

/**
 * Cards and wallets of every provider: a new charge is the business of the provider that the studio has chosen, one
 * that is known already stays with the provider that has begun it.
 */
export const provider: Provider = {
  capabilities: async (view, studioId) => (await choose(view, studioId)).capabilities(view, studioId),
  authorise: async (run, wish) => (await run((view) => choose(view, wish.studioId))).authorise(run, wish),
  find: async (run, key) => (await findHolder(run, key)).find(run, key),
  capture: async (run, key) => (await findHolder(run, key)).capture(run, key),
  release: async (run, key) => (await findHolder(run, key)).release(run, key),
  refund: async (run, wish) => (await findHolder(run, wish.key)).refund(run, wish),
}

async function choose({ db }: Pick<View, 'db'>, studioId: number): Promise<Provider> {
  return providers[(await findSettings(db, studioId))?.provider ?? 'SANDBOX']
}

async function findHolder(run: RunUnit, key: string): Promise<Provider> {
  return (await run(({ db }) => findIntent(db, key))) ? stripe : sandbox
}
