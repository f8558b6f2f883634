import { primaryKey } from 'drizzle-orm/pg-core'
import { bytes, instant, ref } from '../../platform/database/columns.ts'
import { belongsTo, keyedTable } from '../../platform/database/tenant-table.ts'
import { files } from '../../platform/tables.ts'
import { studios } from '../../studios/tables.ts'
import { membershipOffers } from '../offer-tables.ts'

/** The specimen of the contract of an offer, with the prices and in the language of one studio. */
export const offerSpecimens = keyedTable(
  'offer_specimens',
  {
    offerId: ref('offer_id').notNull(),
    studioId: ref('studio_id').notNull(),
    /** SHA-256 of all that it says, and of the form in which it is printed. */
    fingerprint: bytes('fingerprint').notNull(),
    fileId: ref('file_id').notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    primaryKey({ name: 'offer_specimens_pk', columns: [t.tenantId, t.offerId, t.studioId] }),
    belongsTo(t, t.offerId, membershipOffers),
    belongsTo(t, t.studioId, studios),
    belongsTo(t, t.fileId, files),
  ],
)
