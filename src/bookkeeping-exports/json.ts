import type { ExportRow } from './row-rules.ts'
import { amountNumber } from '../platform/values/money.ts'

/** Whatever the language: `{meta, rows}` with amounts as numbers and days as in ISO 8601. */
export async function* writeJson(rows: AsyncIterable<readonly ExportRow[]>, meta: object): AsyncGenerator<Uint8Array> {
  yield Buffer.from(`{"meta":${JSON.stringify(meta)},"rows":[`)
  let separator = ''
  for await (const page of rows) {
    if (page.length === 0) continue
    yield Buffer.from(separator + page.map((row) => JSON.stringify(present(row))).join(','))
    separator = ','
  }
  yield Buffer.from(']}')
}

function present({ amount, net, tax, currency, ...row }: ExportRow) {
  const number = (minor: bigint) => amountNumber({ minor, currency })
  const { date, document, account, contra, side, taxKey, taxRate, text, customerNumber, serviceFrom, serviceTo } = row
  return {
    bookingDate: date,
    documentNumber: document,
    account,
    contraAccount: contra,
    side,
    amount: number(amount),
    currency,
    taxKey,
    taxRate: taxRate === '' ? null : Number(taxRate),
    net: number(net),
    tax: number(tax),
    text,
    customerNumber,
    serviceFrom: serviceFrom || null,
    serviceTo: serviceTo || null,
  }
}
