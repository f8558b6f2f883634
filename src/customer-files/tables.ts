import { boolean, index, text } from 'drizzle-orm/pg-core'
import { ref } from '../platform/database/columns.ts'
import { files } from '../platform/tables.ts'
import { aggregateTable, belongsTo, byReference } from '../platform/database/tenant-table.ts'
import { customers } from '../customers/customer-table.ts'

/** What was filed about a person; the bytes and their type stand in `files`. */
export const customerDocuments = aggregateTable(
  'customer_documents',
  {
    customerId: ref('customer_id').notNull(),
    fileId: ref('file_id').notNull(),
    fileName: text('file_name').notNull(),
    description: text('description'),
    /** Marked by staff: partners do not see it. */
    internal: boolean('internal').notNull().default(false),
    /** Who filed it, as the audit log names actors: `API 1000000017`. */
    uploadedBy: text('uploaded_by').notNull(),
  },
  (t) => [
    index('customer_documents_customer').on(t.tenantId, t.customerId, t.id),
    belongsTo(t, t.customerId, customers),
    belongsTo(t, t.fileId, files),
    byReference(t, t.fileId),
  ],
)
