import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { PageDeps } from '../../module.ts'
import { ApiError, badRequest } from '../../platform/errors/errors.ts'
import { getBody } from '../../platform/http/bodies.ts'
import { getExchange } from '../../platform/http/exchange.ts'
import type { RunUnit } from '../../platform/units/work.ts'
import { refuseSilence } from '../tokens/authorisation.ts'
import { openStripe } from './stripe-client.ts'
import { type StripeEvent, takeEvent } from './stripe-events.ts'
import { openAccount } from './stripe-intents.ts'
import { findAccount, listAccountOwners } from './stripe-store.ts'

const PATH = '/payment-gateway/webhooks/stripe/:studio'
const BODY_LIMIT = 512 * 1024
/** How old a signature may be: a recorded call cannot be sent again later. */
const TOLERANCE_SECONDS = 300

type WebhookRequest = FastifyRequest<{ Params: { studio: string } }>

/** Where Stripe sends a studio its events. The signature over the bytes of the body says whose event it is. */
export function stripeWebhookRoutes(app: FastifyInstance, deps: PageDeps) {
  app.post(PATH, { bodyLimit: BODY_LIMIT }, async (request: WebhookRequest, reply) => {
    getExchange(request).operationName = 'stripeWebhook'
    await deps.admitVisitor(request, reply)
    const studioId = /^\d{1,15}$/.test(request.params.studio) ? Number(request.params.studio) : 0
    const { tenantId, event } = await verify(deps, studioId, request)
    const { traceId } = getExchange(request)
    const caller = { actor: { kind: 'LINK', id: studioId }, tenantId, traceId, ip: request.ip } as const
    const run: RunUnit = (work) => deps.units.write(caller, work)
    const source = await run(async (work) => {
      const stored = await findAccount(work.db, studioId)
      return stored && { ...(await openAccount(work, stored)), studioId }
    })
    if (source) await takeEvent(run, source, event).catch(refuseSilence)
    return reply.type('application/json; charset=utf-8').send('{"received":true}')
  })
}

/**
 * Whose event it is: the tenant with whose secret it is signed, now. Refuses (404) a studio that has no account, and (400)
 * a signature that is none.
 */
async function verify(deps: PageDeps, studioId: number, request: FastifyRequest) {
  const owners = await deps.database.read('none', (db) => listAccountOwners(db, studioId))
  if (owners.length === 0) throw new ApiError(404, 'errormessage.request.unknownPath')
  const signature = request.headers['stripe-signature']
  const { raw } = getBody(request)
  // Signatures are checked without a key.
  const { webhooks } = await openStripe('unused', deps.config)
  for (const { tenantId, webhookSecretEnc } of owners) {
    const secret = deps.secrets.open('provider-key', webhookSecretEnc)
    const at = deps.real.now().epochMilliseconds
    try {
      const event = webhooks.constructEvent(raw, signature ?? '', secret, TOLERANCE_SECONDS, undefined, at)
      return { tenantId, event: event as StripeEvent }
    } catch {
      // Another tenant's, or nobody's.
    }
  }
  throw badRequest('errormessage.request.malformed')
}
