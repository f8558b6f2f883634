/** One part of a `multipart/form-data` request. */
export interface TestPart {
  readonly name: string
  readonly content: Buffer | string
  /** Left out: the part has no file name. */
  readonly fileName?: string
  readonly type?: string
}

const BOUNDARY = 'palestra-test-boundary'

/** A request as `curl -F` would send it; `boundary` shows that it is of no importance. */
export function makeForm(parts: readonly TestPart[], boundary = BOUNDARY) {
  const chunks = parts.flatMap(({ name, content, fileName, type }) => {
    const named = fileName === undefined ? '' : `; filename="${fileName}"`
    const typed = type === undefined ? '' : `\r\ncontent-type: ${type}`
    const head = `--${boundary}\r\ncontent-disposition: form-data; name="${name}"${named}${typed}\r\n\r\n`
    return [Buffer.from(head), Buffer.from(content), Buffer.from('\r\n')]
  })
  return {
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
    payload: Buffer.concat([...chunks, Buffer.from(`--${boundary}--\r\n`)]),
  }
}

/** The smallest picture there is: one white pixel. */
export const tinyPng = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAACXBIWXMAAAPoAAAD6AG1e1JrAAAADElEQVQImWP4//8/AAX+Av5Y8msOAAAAAElFTkSuQmCC',
  'base64',
)

export const tinyPdf = Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n')
