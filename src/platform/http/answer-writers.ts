import buildWriter, { type AnySchema } from 'fast-json-stringify'

type Writer = (body: unknown) => string

const writers = new WeakMap<object, Writer>()

/**
 * What writes answers of `schema`, compiled when the first of them is written: a process starts sooner, and most processes
 * never write most kinds of answers. Servers of one process share it.
 */
export function answerWriter(schema: AnySchema): Writer {
  return (body) => {
    const known = writers.get(schema)
    if (known) return known(body)
    const writer = buildWriter(schema)
    writers.set(schema, writer)
    return writer(body)
  }
}
