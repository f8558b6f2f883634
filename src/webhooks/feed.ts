import type { Input, Output } from '../platform/operation.ts'
import { idSlice, parseOffset } from '../platform/slices.ts'
import type { PartnerView } from '../platform/work.ts'
import type { listEvents } from './api.ts'
import { listFeed } from './feed-store.ts'
import { listReadableTypes } from './read-scopes.ts'

const SPAN = { hours: 30 * 24 }

/** The events of the studio that the caller may read, as far back as deliveries are kept. */
export async function readFeed(
  { db, caller, now, print }: PartnerView,
  { query }: Input<typeof listEvents>,
): Promise<Output<typeof listEvents>> {
  const readable = listReadableTypes(caller.scopes)
  const types = query.types ? readable.filter((type) => query.types?.includes(type)) : readable
  const rows =
    types.length === 0
      ? []
      : await listFeed(db, {
          studioId: caller.studio.id,
          integrationId: caller.integration.id,
          types,
          since: now.subtract(SPAN),
          after: parseOffset(query.offset),
          limit: query.sliceSize + 1,
        })
  const slice = idSlice(rows, query.sliceSize, query.offset, ({ id }) => id)
  return {
    ...slice,
    result: slice.result.map(({ id, uuid, type, entityId, content, occurredAt }) => ({
      sequence: id,
      uuid,
      type,
      entityId,
      ...(content === null ? {} : { content }),
      occurredAt: print.dateTime(occurredAt, caller.studio.zone),
    })),
  }
}
