import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { PageDeps } from '../../module.ts'
import { ApiError } from '../../platform/errors/errors.ts'
import { getExchange } from '../../platform/http/exchange.ts'
import { PAYMENT_PATH } from '../../platform/http/payment-host.ts'
import type { Caller } from '../../platform/units/caller.ts'
import { decideCharge, findActionOwner } from './sandbox-store.ts'

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
const headers = {
  'cache-control': 'no-store',
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
  'referrer-policy': 'no-referrer',
  'x-robots-tag': 'noindex, nofollow, noarchive',
}

type ActionRequest = FastifyRequest<{ Params: { key: string; outcome?: string }; Querystring: { back?: unknown } }>

/** Leads back to the hosted page, which has sent the payer here, and to nothing else. */
const hostedPage = /^(?:\/payment-gateway)?\/pay$/
const readBack = ({ back }: ActionRequest['query']) =>
  typeof back === 'string' && hostedPage.test(back) ? back : undefined

/** The page on which a payer approves or declines a charge, as a bank or a wallet shows one. */
export function sandboxRoutes(app: FastifyInstance, deps: PageDeps) {
  const admit = async (request: ActionRequest, reply: FastifyReply) => {
    getExchange(request).operationName = 'paymentSandbox'
    reply.headers(headers)
    await deps.admitVisitor(request, reply)
    const { key } = request.params
    const owner = uuid.test(key) ? await deps.database.read('none', (db) => findActionOwner(db, key)) : undefined
    if (!owner) throw new ApiError(404, 'errormessage.request.unknownPath')
    const { traceId } = getExchange(request)
    const caller: Caller = { actor: { kind: 'LINK', id: owner.chargeId }, tenantId: owner.tenantId, traceId }
    return { ...owner, caller }
  }
  const path = `${PAYMENT_PATH}/sandbox/actions/:key`
  app.get(path, async (request: ActionRequest, reply) => {
    await admit(request, reply)
    return reply.type('text/html; charset=utf-8').send(askingPage(request.params.key, readBack(request.query)))
  })
  for (const outcome of ['approve', 'decline'] as const) {
    app.post(`${path}/${outcome}`, async (request: ActionRequest, reply) => {
      const { caller, chargeId } = await admit(request, reply)
      const state = outcome === 'approve' ? 'AUTHORISED' : 'DECLINED'
      await deps.units.write(caller, ({ tx, now }) => decideCharge(tx, chargeId, state, now))
      const back = readBack(request.query)
      if (back !== undefined) return reply.redirect(back, 303)
      return reply.type('text/html; charset=utf-8').send(page('<p>Done. You can close this page.</p>'))
    })
  }
}

const page = (body: string) =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><title>Sandbox</title><h1>Sandbox bank</h1>${body}</html>`

/** Written from the address of the page itself: the gateway may be at the root of its host. */
const button = (path: string, text: string) => `<form method="post" action="${path}"><button>${text}</button></form>`

function askingPage(key: string, back: string | undefined) {
  const path = (outcome: string) => `${key}/${outcome}${back === undefined ? '' : `?back=${back}`}`
  return page(`<p>No money moves here.</p>${button(path('approve'), 'Approve')}${button(path('decline'), 'Decline')}`)
}
