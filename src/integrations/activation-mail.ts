import { chooseLanguage, formatSentence } from '../platform/errors/localisation.ts'
import { queueMail } from '../platform/mail/outgoing-mails.ts'
import type { Secrets } from '../platform/secrets.ts'
import { readTexts } from '../platform/texts/tenant-texts.ts'
import type { UnitOfWork } from '../platform/units/work.ts'
import { nonNull } from '../platform/values/defined.ts'
import type { ActivationRow } from './integration-store.ts'
import { findStudio, findTenant } from '../studios/index.ts'

export interface ActivationMail {
  /** Decides on the first sentences: an activation that was approved, or a new key of one. */
  readonly about: 'activation' | 'newKey'
  readonly to: string
  readonly activation: ActivationRow
  readonly integrationName: string
  readonly link: { readonly url: string; readonly expiresAt: Temporal.Instant }
  /** Base of all calls. */
  readonly publicUrl: string
}

/** Mails a partner where the API is and where its keys are, in the language of the tenant and the name of the studio. */
export async function writeActivationMail(
  work: UnitOfWork,
  { about, to, activation, integrationName, link, publicUrl }: ActivationMail,
  secrets: Secrets,
): Promise<number> {
  const [studio, tenant] = [await findStudio(work.tx, activation.studioId), await findTenant(work.tx)]
  if (!studio || !tenant) throw new Error('An activation belongs to a studio of its tenant.')
  const language = chooseLanguage(undefined, tenant.defaultLanguage)
  const overrides = await readTexts(work.tx)
  const say = (key: string, ...values: readonly string[]) =>
    formatSentence(
      key,
      language,
      values.map((value) => ({ type: 'STRING', value })),
      { overrides },
    )
  const until = { type: 'TIMESTAMP', value: link.expiresAt.toZonedDateTimeISO(studio.timeZone).toString() } as const
  const subject = say(`mailtext.${about}.subject`, integrationName, studio.name)
  const paragraphs = [
    say(`mailtext.${about}.intro`, integrationName, studio.name),
    say('mailtext.activation.address', publicUrl),
    `${formatSentence('mailtext.activation.link', language, [until], { overrides })}\n${link.url}`,
    say('mailtext.activation.stranger'),
  ]
  return queueMail(
    work,
    { to, fromName: studio.name, subject, text: `${paragraphs.join('\n\n')}\n`, ...nonNull({ replyTo: studio.email }) },
    { purpose: `studios.${about}`, entity: { kind: 'activation', id: activation.id } },
    secrets,
  )
}
