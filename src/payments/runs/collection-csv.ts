import { stringify } from 'csv-stringify/sync'
import { formatAmount } from '../../platform/values/money.ts'
import type { SequenceType } from './mandate-use-rules.ts'
import type { DirectDebit } from './pain-008.ts'

const headings = [
  'reference',
  'mandate',
  'signed on',
  'sequence',
  'holder',
  'account',
  'bank',
  'amount',
  'currency',
  'collected on',
  'text',
]

/** Collections as a table that staff load into the portal of their bank, where it takes no file of its own. */
export async function* writeCollectionCsv(
  collectionDate: Temporal.PlainDate,
  sequenceTypes: readonly SequenceType[],
  read: (sequenceType: SequenceType) => AsyncIterable<readonly DirectDebit[]>,
): AsyncGenerator<Uint8Array> {
  const write = (lines: readonly (readonly string[])[]) =>
    Buffer.from(
      stringify([...lines] as string[][], {
        record_delimiter: '\r\n',
        // A text that begins like a formula would be calculated by a spreadsheet.
        escape_formulas: true,
      }),
    )
  yield Buffer.concat([Buffer.from('\ufeff'), write([headings])])
  for (const sequenceType of sequenceTypes) {
    for await (const debits of read(sequenceType)) {
      const lines = debits.map(({ endToEndId, mandateRef, signedOn, holder, iban, bic, amount, text }) => [
        ...[endToEndId, mandateRef, signedOn.toString(), sequenceType, holder, iban, bic ?? ''],
        ...[formatAmount(amount), amount.currency, collectionDate.toString(), text],
      ])
      if (lines.length > 0) yield write(lines)
    }
  }
}
