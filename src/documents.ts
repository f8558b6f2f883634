import { adminInfo, adminOperations, deviceInfo, deviceOperations, publicInfo, publicOperations } from './api.ts'
import { demoExamples } from './demo/document-examples.ts'
import { inboundKey } from './demo/house/keys.ts'
import { type DocumentInfo, openapiDocument } from './platform/api/openapi.ts'
import type { Operation } from './platform/api/operation.ts'
import type { Config } from './platform/config/config.ts'
import type { DocumentSource } from './platform/http/reference-page.ts'
import type { RealTime } from './platform/time/clock.ts'

/** An OpenAPI document as this server offers it. */
interface ServedDocument extends DocumentSource {
  readonly operations: readonly Operation[]
  /** Everything else about it on a certain day, in UTC: its examples name days to come. */
  readonly describe: (today: Temporal.PlainDate) => DocumentInfo
}

/** The document for partners, with examples that the demo chain answers. */
export const describePublic = (today: Temporal.PlainDate): DocumentInfo => ({
  ...publicInfo,
  examples: demoExamples(today),
})

/** The documents that are served, the one for partners first. */
export function listDocuments({ demo, testClock }: Pick<Config, 'demo' | 'testClock'>): readonly ServedDocument[] {
  const credential = { scheme: publicInfo.security.name, value: inboundKey('demoBerlinFull') }
  return [
    {
      title: publicInfo.title,
      url: '/openapi.json',
      operations: publicOperations,
      describe: describePublic,
      ...(demo ? { credential } : {}),
    },
    {
      title: deviceInfo.title,
      url: '/open-api/device/openapi.json',
      operations: deviceOperations,
      describe: () => deviceInfo,
    },
    ...(testClock
      ? [
          {
            title: adminInfo.title,
            url: '/admin/v1/openapi.json',
            operations: adminOperations,
            describe: () => adminInfo,
          },
        ]
      : []),
  ]
}

/** Prints a document, at most once a day, with the address that clients know, which is known once the port is bound. */
export function printEachDay(
  { operations, describe }: ServedDocument,
  real: RealTime,
  publicUrl: () => string,
): () => string {
  let printed = { day: '', body: '' }
  return () => {
    const today = real.now().toZonedDateTimeISO('UTC').toPlainDate()
    const day = today.toString()
    if (printed.day !== day) {
      const document = { ...openapiDocument(operations, describe(today)), servers: [{ url: publicUrl() }] }
      printed = { day, body: JSON.stringify(document) }
    }
    return printed.body
  }
}
