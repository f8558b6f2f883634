import type { Config } from '../../platform/config/config.ts'
import { badRequest, notFound, refuseFields, violation } from '../../platform/errors/errors.ts'
import { StartOver, type UnitOfWork, type View } from '../../platform/units/work.ts'
import { findStudio } from '../../studios/index.ts'
import { refuseSilence } from '../tokens/authorisation.ts'
import { ask, isKeyError, openStripe, type StripeClient } from './stripe-client.ts'
import { listMethods } from './stripe-rules.ts'
import { findAccount, saveAccount } from './stripe-store.ts'

/** What staff copy from their account at Stripe. */
export interface StripeKeys {
  readonly secretKey: string
  readonly publishableKey: string
  readonly webhookSecret: string
}

/** What Stripe says of the account that the keys open. */
type FoundAccount = Awaited<ReturnType<typeof inspect>>

/**
 * Connects the account of a studio at Stripe, and answers how a unit does it. Stripe is asked for the account first, so
 * that wrong keys are refused (400) here and not by the first payer. Neither the answer nor the audit log holds a key.
 */
export function connectStripe({ studioId, ...keys }: StripeKeys & { readonly studioId: number }) {
  let found: FoundAccount | undefined
  return async (work: UnitOfWork) => {
    const { config, secrets } = work.installation
    if (!(await findStudio(work.tx, studioId))) throw notFound('studio', studioId)
    const live = readMode(keys)
    if (!found) {
      throw new StartOver(async () => {
        found = await inspect(await openStripe(keys.secretKey, config)).catch(refuseSilence)
      })
    }
    const { accountId, methods, chargesEnabled } = found
    const { publishableKey } = keys
    const sealed = {
      secretKeyEnc: secrets.seal('provider-key', keys.secretKey),
      webhookSecretEnc: secrets.seal('provider-key', keys.webhookSecret),
    }
    const account = { studioId, accountId, live, publishableKey, methods, ...sealed, nextCheckAt: work.now }
    await saveAccount(work.tx, account, work.now)
    const diff = { accountId: [null, accountId], live: [null, live] } as const
    work.audit({ action: 'stripeAccount.connected', entityKind: 'studio', entityId: studioId, studioId, diff })
    return { accountId, live, chargesEnabled, methods, webhookUrl: webhookUrl(config, studioId) }
  }
}

const webhookUrl = ({ publicUrl }: Pick<Config, 'publicUrl'>, studioId: number) =>
  `${publicUrl}/payment-gateway/webhooks/stripe/${studioId}`

/** The account of a studio as staff see it. Refuses (400) a studio that has connected none. */
export async function showAccount(
  { db, installation: { config } }: Pick<View, 'db' | 'installation'>,
  studioId: number,
) {
  if (!(await findStudio(db, studioId))) throw notFound('studio', studioId)
  const account = await findAccount(db, studioId)
  if (!account) throw badRequest('errormessage.payment.accountMissing')
  const { accountId, live, methods } = account
  return { accountId, live, methods, webhookUrl: webhookUrl(config, studioId) }
}

const forms = {
  secretKey: /^[sr]k_(live|test)_\w+$/,
  publishableKey: /^pk_(live|test)_\w+$/,
  webhookSecret: /^whsec_\S+$/,
}

/** Whether money moves. Refuses (400) what is no key, and keys of which one moves money and the other does not. */
function readMode(keys: StripeKeys): boolean {
  for (const field of ['secretKey', 'publishableKey', 'webhookSecret'] as const) {
    if (!forms[field].test(keys[field])) throw refuseKey(field)
  }
  const modes = [forms.secretKey.exec(keys.secretKey)?.[1], forms.publishableKey.exec(keys.publishableKey)?.[1]]
  if (modes[0] !== modes[1]) throw refuseKey('publishableKey')
  return modes[0] === 'live'
}

const refuseKey = (field: keyof StripeKeys) =>
  refuseFields([violation(field, 'format', { type: 'STRING', value: 'Stripe key' })])

async function inspect(client: StripeClient) {
  try {
    const account = await client.accounts.retrieveCurrent()
    const { data } = await client.paymentMethodConfigurations.list()
    const settings = data.find((each) => each.is_default && each.application === null) ?? data[0]
    return {
      accountId: account.id,
      chargesEnabled: account.charges_enabled,
      methods: settings ? listMethods(settings) : [],
    }
  } catch (error) {
    if (isKeyError(error)) throw refuseKey('secretKey')
    return ask(Promise.reject<never>(error))
  }
}
