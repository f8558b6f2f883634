import { desc } from 'drizzle-orm'
import type { Mail } from '../../../src/platform/mail/mail.ts'
import { outgoingMails } from '../../../src/platform/tables.ts'
import { approveActivation, createIntegration, requestActivation } from '../../../src/integrations/index.ts'
import type { TestApp } from '../app.ts'
import type { TestStudio } from './world.ts'

export const partner = 'partner@app.example'

export const revealDeps = ({ platform: { secrets, real, config } }: TestApp) => ({
  secrets,
  realNow: real.now(),
  publicUrl: config.publicUrl,
})

/** A partner's product that asks for the studio, not approved yet. */
export function requestOne(app: TestApp, contactEmail: string | null = partner, studio: TestStudio = app.berlin) {
  return app.write(async (work) => {
    const product = { name: 'Gym & <App>', requestedScopes: ['STUDIO_READ'], webhookAccess: true, contactEmail }
    const integrationId = await createIntegration(work, product)
    return requestActivation(work, { integrationId, studioId: studio.studioId })
  }, studio)
}

/** An approved activation with its keys, and the path of the link in its mail. */
export async function approveOne(app: TestApp, studio: TestStudio = app.berlin) {
  const activationId = await requestOne(app, partner, studio)
  const { inbound, webhook } = await app.write((work) => approveActivation(work, activationId, revealDeps(app)), studio)
  const path = linkIn(await latestMail(app, studio))
  return { activationId, keyId: inbound.keyId, key: inbound.key, webhookKey: webhook?.key ?? '', path }
}

export async function latestMail(app: TestApp, studio: TestStudio = app.berlin): Promise<Mail> {
  const [row] = await app.read(
    ({ db }) => db.select().from(outgoingMails).orderBy(desc(outgoingMails.id)).limit(1),
    studio,
  )
  return JSON.parse(app.platform.secrets.open('field', row?.contentEnc as Buffer)) as Mail
}

export function linkIn({ text }: Mail): string {
  return new URL(/^http\S+\/reveal\/\S+$/m.exec(text)?.[0] ?? '').pathname
}

/** Opens the page as a browser does, without a key. */
export async function openPage(
  app: TestApp,
  method: 'GET' | 'POST',
  path: string,
  headers: Record<string, string> = {},
) {
  const form = method === 'POST' ? { 'content-type': 'application/x-www-form-urlencoded' } : {}
  const answer = await app.app.server.inject({ method, url: path, headers: { ...form, ...headers } })
  return { status: answer.statusCode, text: answer.body, headers: answer.headers }
}
