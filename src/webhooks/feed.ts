import { setTimeout as sleep } from 'node:timers/promises'
import type { Queryable } from '../platform/database/database.ts'
import type { Input, Output } from '../platform/api/operation.ts'
import { idSlice, parseOffset } from '../platform/api/slices.ts'
import type { PartnerView } from '../platform/units/work.ts'
import { nonNull } from '../platform/values/defined.ts'
import type { listEvents } from './api.ts'
import { areWriting, findFeedEnd, listFeed } from './feed-store.ts'
import { listReadableTypes } from './read-scopes.ts'

const SPAN = { hours: 30 * 24 }
/** Events are written with the commit, so that their writers are done in milliseconds. */
const ASK_EVERY_MS = 5
const PATIENCE_MS = 500

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
          upTo: await findSettledEnd(db),
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
      ...nonNull({ content }),
      occurredAt: print.dateTime(occurredAt, caller.studio.zone),
    })),
  }
}

/**
 * The id up to which no event can be added any more: who continues after the last one that it saw misses nothing.
 * 0, which shows nothing for now, when a writer takes unusually long.
 */
async function findSettledEnd(db: Queryable): Promise<number> {
  const { lastId, writers } = await findFeedEnd(db)
  for (let waitedMs = 0; waitedMs <= PATIENCE_MS; waitedMs += ASK_EVERY_MS) {
    if (writers.length === 0 || !(await areWriting(db, writers))) return lastId
    await sleep(ASK_EVERY_MS)
  }
  return 0
}
