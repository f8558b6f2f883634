import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { PageDeps } from '../../module.ts'
import { badRequest, refuseFields } from '../../platform/errors/errors.ts'
import { getBody } from '../../platform/http/bodies.ts'
import { getExchange } from '../../platform/http/exchange.ts'
import { PAYMENT_PATH } from '../../platform/http/payment-host.ts'
import { validate } from '../../platform/validation/validation.ts'
import { authoriseRequest } from './authorise.ts'
import { Authorisation } from './gateway-api.ts'
import { GatewayDoor, type Payer } from './gateway-door.ts'
import { cancelRequest, continueRequest, openRequest, showRequest } from './requests.ts'
import { showSession } from './show-session.ts'

const base = `${PAYMENT_PATH}/api/v1`
/** A signature is the largest thing that a payer sends. */
const BODY_LIMIT = 400 * 1024

type TokenRequest = FastifyRequest<{ Params: { token: string } }>
type Handler = (payer: Payer, request: TokenRequest, reply: FastifyReply) => Promise<unknown>

/** What a payer's browser calls, with the token of a session instead of an API key. */
export function gatewayRoutes(app: FastifyInstance, deps: PageDeps) {
  const door = new GatewayDoor(deps)
  const gateway = { deps }
  const bind = (method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, handler: Handler) => {
    app.route<{ Params: { token: string } }>({
      method,
      url: `${base}${path}`,
      bodyLimit: BODY_LIMIT,
      handler: async (request, reply) => {
        getExchange(request).operationName = 'paymentGateway'
        const payer = await door.admit(request, reply)
        const answer = await handler(payer, request, reply)
        if (answer === undefined) return reply.code(204).send()
        return reply.type('application/json; charset=utf-8').send(JSON.stringify(answer))
      },
    })
  }
  app.options(`${base}/*`, (request, reply) => door.answerPreflight(request, reply))
  bind('GET', '/session', (payer) => showSession(gateway, payer))
  bind('POST', '/payment-requests', (payer) => openRequest(gateway, payer))
  bind('POST', '/payments/:token', (payer, request) =>
    authoriseRequest(gateway, payer, { token: request.params.token, body: readAuthorisation(request) }),
  )
  bind('PUT', '/payments/:token/authenticate', (payer, request) =>
    continueRequest(gateway, payer, request.params.token),
  )
  bind('GET', '/payments/:token', (payer, request) => showRequest(gateway, payer, request.params.token))
  bind('DELETE', '/payments/:token', (payer, request) => cancelRequest(gateway, payer, request.params.token))
}

function readAuthorisation(request: FastifyRequest): Authorisation {
  const { json } = getBody(request)
  if (json === undefined || json === null) throw badRequest('errormessage.request.bodyMissing')
  const { value, violations } = validate(Authorisation, json)
  const [first, ...more] = violations
  if (first) throw refuseFields([first, ...more])
  return value as Authorisation
}
