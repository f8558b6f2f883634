import { adminInfo, adminOperations, deviceInfo, deviceOperations, publicInfo, publicOperations } from './api.ts'
import { deviceDocumentExamples } from './demo/access/device-document-examples.ts'
import { demoExamples } from './demo/document-examples.ts'
import { inboundKey } from './demo/house/keys.ts'
import { allowNulls } from './platform/api/nullable-document.ts'
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

/** The document for devices, with examples that the devices of the demo chain answer. */
export const describeDevices: DocumentInfo = { ...deviceInfo, examples: deviceDocumentExamples }

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
      describe: () => describeDevices,
    },
    ...(testClock
      ? [
          {
            title: adminInfo.title,
            url: '/admin/v1/openapi.json',
            operations: adminOperations,
            describe: () => adminInfo,
            ...(demo ? { credential } : {}),
          },
        ]
      : []),
  ]
}

/**
 * Prints a document, each of its two forms at most once a day, with the address that clients know, which is known once the port
 * is bound.
 */
export function printEachDay(
  { operations, describe }: ServedDocument,
  real: RealTime,
  publicUrl: () => string,
): (wish: { readonly hasNulls: boolean }) => string {
  const printed = new Map<boolean, { readonly day: string; readonly body: string }>()
  return ({ hasNulls }) => {
    const today = real.now().toZonedDateTimeISO('UTC').toPlainDate()
    const day = today.toString()
    const known = printed.get(hasNulls)
    if (known?.day === day) return known.body
    const document = { ...openapiDocument(operations, describe(today)), servers: [{ url: publicUrl() }] }
    const body = JSON.stringify(hasNulls ? allowNulls(document) : document)
    printed.set(hasNulls, { day, body })
    return body
  }
}
