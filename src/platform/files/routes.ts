import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { AdmitVisitor } from '../entrance/gate.ts'
import type { Logger } from 'pino'
import type { RealTime } from '../time/clock.ts'
import type { Database } from '../database/database.ts'
import { ApiError, notFound } from '../errors/errors.ts'
import { getExchange } from '../http/exchange.ts'
import type { Secrets } from '../secrets.ts'
import { isBefore } from '../time/order.ts'
import type { Clock } from '../time/tenant-clock.ts'
import { contentDisposition } from './disposition.ts'
import { chooseDisposition, judgeLink, type LinkClaim } from './links.ts'
import { isPublicKind } from './owner-kinds.ts'
import { parseRange } from './ranges.ts'
import { type ByteRange, DamagedFile, type FileStorage } from './storage.ts'
import { type FileRow, findFile, findOwnerKind } from './store.ts'

export interface FileRoutesDeps {
  readonly database: Database
  readonly clock: Clock
  readonly real: RealTime
  readonly secrets: Secrets
  readonly storage: FileStorage
  /** Gives a place of work; throws where none can be had in time, and while the process does not serve. */
  readonly admitVisitor: AdmitVisitor
  readonly log: Logger
}

/** A key can only change with a restart: links of the old one have all ended this long after it. */
const OLD_KEYS_FOR_MS = 5 * 3600 * 1000
const A_YEAR = 31_536_000

/** `/files/<id>` for holders of a signed link, `/assets/<id>-<hash>` for everybody; neither asks for an API key. */
export function fileRoutes(app: FastifyInstance, deps: FileRoutesDeps) {
  const startedMs = deps.real.monotonicMs()
  const keys = () => {
    const all = deps.secrets.signingKeys('file-link')
    return deps.real.monotonicMs() - startedMs < OLD_KEYS_FOR_MS ? all : all.slice(0, 1)
  }

  const serve = (url: string, name: string, find: (request: FastifyRequest) => Promise<Found>) =>
    app.route({
      method: ['GET', 'HEAD'],
      url,
      // A range counts bytes of the file as it is, and pictures and PDFs are packed already.
      compress: false,
      onRequest: async (request, reply) => {
        getExchange(request).operationName = name
        await deps.admitVisitor(request, reply)
      },
      handler: async (request, reply) => sendFile(await find(request), deps, request, reply),
    })

  serve('/files/:fileId', 'file', async (request) => {
    const { fileId } = request.params as { fileId: string }
    const claim = readClaim(request.query as Record<string, unknown>)
    const found = await lookUp(deps.database, fileId)
    // Without the signature nobody learns which ids there are: what an unknown file would have signed is compared as well.
    const file: Pick<FileRow, keyof typeof NO_FILE> = found ?? NO_FILE
    const now = found ? await deps.clock.now(file.tenantId) : deps.real.now()
    const linked = { tenantSlug: file.tenantSlug, fileId: file.fileId, disposition: chooseDisposition(file.mime) }
    const verdict = judgeLink(keys(), linked, claim, now)
    if (!found || verdict === 'INVALID') throw new ApiError(403, 'errormessage.file.urlInvalid')
    if (verdict === 'EXPIRED') throw new ApiError(403, 'errormessage.file.urlExpired')
    refuseGone(found, now)
    const rest = Number(claim.exp) - Math.ceil(now.epochMilliseconds / 1000)
    return { file: found, cacheControl: `private, max-age=${Math.max(0, rest)}` }
  })

  serve('/assets/:name', 'asset', async (request) => {
    const { name } = request.params as { name: string }
    const [, fileId = '', hash] = /^(\d+)-([\w-]{43})$/.exec(name) ?? []
    const file = await lookUp(deps.database, fileId)
    if (!file) throw notFound('file', fileId)
    const ownerKind = await deps.database.read(file.tenantId, (db) => findOwnerKind(db, file.tenantId, file.fileId))
    const isOpen = isPublicKind(ownerKind ?? '') && file.sha256.toString('base64url') === hash
    if (!isOpen) throw notFound('file', fileId)
    refuseGone(file, await deps.clock.now(file.tenantId))
    return { file, cacheControl: `public, max-age=${A_YEAR}, immutable` }
  })
}

interface Found {
  readonly file: FileRow
  readonly cacheControl: string
}

function readClaim({ exp, kid, sig }: Record<string, unknown>): LinkClaim {
  if (typeof exp === 'string' && typeof kid === 'string' && typeof sig === 'string') return { exp, kid, sig }
  throw new ApiError(403, 'errormessage.file.urlInvalid')
}

async function lookUp(database: Database, text: string): Promise<FileRow | undefined> {
  const fileId = /^[1-9]\d{0,15}$/.test(text) ? Number(text) : Number.NaN
  return Number.isSafeInteger(fileId) ? database.read('none', (db) => findFile(db, fileId)) : undefined
}

/** Stands for a file that there is not. */
const NO_FILE = { fileId: 0, tenantId: 0, tenantSlug: '', mime: '' }

function refuseGone({ fileId, scanState, deleteAfter }: FileRow, now: Temporal.Instant) {
  const isOver = deleteAfter !== null && !isBefore(now, deleteAfter)
  if (isOver || scanState === 'INFECTED') throw notFound('file', String(fileId))
}

/** The bytes, or a refusal before any header is sent that they could not keep to. */
async function openWhole({ file }: Found, { storage, log }: FileRoutesDeps, range: ByteRange) {
  try {
    return await storage.open(file, range)
  } catch (error) {
    if (!(error instanceof DamagedFile)) throw error
    log.error({ file: file.fileId, damage: error.damage }, 'a stored file is damaged; palestra doctor lists them all')
    throw new ApiError(500, 'errormessage.file.damaged')
  }
}

async function sendFile(found: Found, deps: FileRoutesDeps, request: FastifyRequest, reply: FastifyReply) {
  const { file } = found
  const headers = fileHeaders(found)
  const { range: wanted, 'if-range': ifRange, 'if-none-match': known } = request.headers
  if (known === headers.etag) return reply.code(304).headers(headers).send()
  const range = ifRange === undefined || ifRange === headers.etag ? parseRange(wanted, file.size) : undefined
  if (range === 'UNSATISFIABLE') return reply.code(416).header('content-range', `bytes */${file.size}`).send()
  const { first, last } = range ?? { first: 0, last: file.size - 1 }
  // Opened for HEAD as well: an answer about bytes that are gone would be a lie.
  const bytes = file.size === 0 ? undefined : await openWhole(found, deps, { first, last })
  if (!bytes && file.size > 0) throw notFound('file', String(file.fileId))
  reply.headers({ ...headers, 'content-length': last - first + 1 })
  if (range) reply.code(206).header('content-range', `bytes ${first}-${last}/${file.size}`)
  if (request.method === 'HEAD') {
    bytes?.destroy()
    return reply.send()
  }
  return reply.send(bytes ?? '')
}

/** A file is shown as what it is and nothing else: browsers neither guess its type nor run what may be in it. */
function fileHeaders({ file, cacheControl }: Found) {
  return {
    'cache-control': cacheControl,
    etag: `"${file.sha256.toString('base64url')}"`,
    'accept-ranges': 'bytes',
    'content-type': file.mime,
    'content-disposition': contentDisposition(file.mime, file.originalName),
    'x-content-type-options': 'nosniff',
    'content-security-policy': 'sandbox',
  }
}
