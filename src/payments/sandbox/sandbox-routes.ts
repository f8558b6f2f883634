import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { PageDeps } from '../../module.ts'
import { ApiError } from '../../platform/errors/errors.ts'
import { getExchange } from '../../platform/http/exchange.ts'
import type { Caller } from '../../platform/units/caller.ts'
import { decideCharge, findActionOwner } from './sandbox-store.ts'

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
const headers = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'",
  'referrer-policy': 'no-referrer',
  'x-robots-tag': 'noindex, nofollow, noarchive',
}

type ActionRequest = FastifyRequest<{ Params: { key: string; outcome?: string } }>

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
  const path = '/payment-gateway/sandbox/actions/:key'
  app.get(path, async (request: ActionRequest, reply) => {
    await admit(request, reply)
    return reply.type('text/html; charset=utf-8').send(askingPage(request.params.key))
  })
  for (const outcome of ['approve', 'decline'] as const) {
    app.post(`${path}/${outcome}`, async (request: ActionRequest, reply) => {
      const { caller, chargeId } = await admit(request, reply)
      const state = outcome === 'approve' ? 'AUTHORISED' : 'DECLINED'
      await deps.units.write(caller, ({ tx, now }) => decideCharge(tx, chargeId, state, now))
      return reply.type('text/html; charset=utf-8').send(page('<p>Done. Go back to the shop.</p>'))
    })
  }
}

const page = (body: string) =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><title>Sandbox</title><h1>Sandbox bank</h1>${body}</html>`

const button = (key: string, outcome: string, text: string) =>
  `<form method="post" action="/payment-gateway/sandbox/actions/${key}/${outcome}"><button>${text}</button></form>`

const askingPage = (key: string) =>
  page(`<p>No money moves here.</p>${button(key, 'approve', 'Approve')}${button(key, 'decline', 'Decline')}`)
