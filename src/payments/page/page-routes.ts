import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { PageDeps } from '../../module.ts'
import { chooseLanguage } from '../../platform/errors/localisation.ts'
import { getExchange } from '../../platform/http/exchange.ts'
import { PAYMENT_PATH } from '../../platform/http/payment-host.ts'
import { isAllowedOrigin } from '../origins.ts'
import { findSettings, type PaymentSettings } from '../settings-store.ts'
import { describeHouse } from './house.ts'
import { embeddedPage } from './page-address.ts'
import { readAssets } from './page-assets.ts'
import { contentPolicy, type Frame, printPage } from './page-html.ts'

const FIVE_MINUTES = 300
const A_YEAR = 365 * 24 * 3600

type PageRequest = FastifyRequest<{ Querystring: Readonly<Record<string, unknown>> }>

/** The page on which payers choose how to pay, its programs, and the script that puts it into pages of studios. */
export function pageRoutes(app: FastifyInstance, deps: PageDeps) {
  const assets = readAssets()

  app.get(`${PAYMENT_PATH}/pay`, async (request: PageRequest, reply) => {
    getExchange(request).operationName = 'paymentPage'
    await deps.admitVisitor(request, reply)
    const tenantId = readId(request.query['tenant'])
    const studio = await findPayingStudio(deps, request, tenantId)
    const frame = studio && findFrame(deps, request, studio)
    const provider = studio?.settings.provider
    const language = chooseLanguage(readText(request.query['locale']) ?? request.headers['accept-language'])
    const overrides = frame && tenantId !== undefined ? await deps.texts.of(tenantId) : undefined
    reply.headers({
      'content-language': language,
      'content-security-policy': contentPolicy(frame, provider),
      ...(frame ? {} : { 'x-frame-options': 'DENY' }),
      'referrer-policy': 'no-referrer',
      'x-robots-tag': 'noindex, nofollow, noarchive',
    })
    // The address may end with a slash: what the page loads lies beside it, one step up.
    const root = /\/pay\/+(?:\?|$)/.test(request.url) ? '../' : ''
    return reply
      .type('text/html; charset=utf-8')
      .send(printPage({ assets, root, provider }, frame, { language, overrides }))
  })

  app.get<{ Params: { version: string; file: string } }>(
    `${PAYMENT_PATH}/assets/:version/:file`,
    async (request, reply) => {
      getExchange(request).operationName = 'paymentPage'
      const { version, file } = request.params
      const asset = version === assets.version ? assets.files.get(file) : undefined
      if (!asset) return reply.callNotFound()
      reply.header('cache-control', `public, max-age=${A_YEAR}, immutable`)
      return reply.type(asset.type).send(asset.body)
    },
  )

  app.get(`${PAYMENT_PATH}/widget.js`, async (request, reply) => {
    getExchange(request).operationName = 'paymentWidget'
    reply.headers({
      'cache-control': `public, max-age=${FIVE_MINUTES}`,
      'access-control-allow-origin': '*',
      'cross-origin-resource-policy': 'cross-origin',
    })
    return reply.type('text/javascript; charset=utf-8').send(assets.widget)
  })
}

interface PayingStudio {
  readonly tenantId: number
  readonly settings: PaymentSettings
}

/** The studio whose page it is, where the address names one. It need not: the token, which no server reads, names it too. */
async function findPayingStudio(
  deps: PageDeps,
  { query }: PageRequest,
  tenantId: number | undefined,
): Promise<PayingStudio | undefined> {
  const studioId = readId(query['studio'])
  if (tenantId === undefined || studioId === undefined) return undefined
  const settings = await deps.database.read(tenantId, (db) => findSettings(db, studioId))
  return settings && { tenantId, settings }
}

/** The page around this one, if it is of an origin that the studio allows. Only a widget names one. */
function findFrame(deps: PageDeps, { query }: PageRequest, { tenantId, settings }: PayingStudio): Frame | undefined {
  const parent = readText(query['origin'])
  if (parent === undefined || !isAllowedOrigin(parent, settings.allowedOrigins, describeHouse(deps))) return undefined
  return { parent, embeddedPage: embeddedPage(tenantId, settings.studioId) }
}

const readText = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined)

function readId(value: unknown): number | undefined {
  const id = Number(readText(value))
  return Number.isSafeInteger(id) && id > 0 ? id : undefined
}
