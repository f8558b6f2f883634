import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { validateXML } from 'xmllint-wasm'

/** Holds a file of direct debits against the schema of its version, as banks do. */
export async function assertPain008(xml: string) {
  const version = /tech:xsd:(pain\.008\.001\.0[28])"/.exec(xml)?.[1]
  assert.ok(version, 'the file names its version')
  const schema = readFileSync(join(import.meta.dirname, 'samples', `${version}.xsd`), 'utf8')
  const { valid, errors } = await validateXML({ xml, schema, initialMemoryPages: 512, maxMemoryPages: 4096 })
  assert.ok(valid, errors.map(({ message }) => message).join('\n'))
}

/** What the header, the batches and the transactions of a file say. */
export function readPain008(xml: string) {
  const all = (tag: string, text = xml) => [...text.matchAll(new RegExp(`<${tag}(?: [^>]*)?>([^<]*)</${tag}>`, 'g'))]
  const texts = (tag: string, text = xml) => all(tag, text).map(([, content = '']) => content)
  return {
    counts: texts('NbOfTxs'),
    sums: texts('CtrlSum'),
    sequences: texts('SeqTp'),
    days: texts('ReqdColltnDt'),
    amounts: texts('InstdAmt'),
    references: texts('EndToEndId'),
    mandates: texts('MndtId'),
    debtors: [...xml.matchAll(/<Dbtr><Nm>([^<]*)</g)].map(([, name]) => name),
    accounts: [...xml.matchAll(/<DbtrAcct><Id><IBAN>([^<]*)</g)].map(([, iban]) => iban),
    texts: texts('Ustrd'),
  }
}
