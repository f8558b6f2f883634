import { extractText } from 'unpdf'
import { DocumentPrinter } from '../../src/contracts/document/document-printer.ts'
import type { TestApp } from './app.ts'

/** The text of a PDF as a reader shows it, all pages in one, with single blanks. */
export async function readPdf(bytes: Uint8Array): Promise<string> {
  const { text } = await extractText(new Uint8Array(bytes), { mergePages: true })
  return text.replaceAll(/\s+/g, ' ')
}

/** Prints the documents of contracts that wait, as the worker of a serving process does. */
export function printDocuments(app: TestApp, change: Partial<TestApp['platform']> = {}): Promise<void> {
  return new DocumentPrinter({ ...app.platform, ...change }).printDue()
}

/** What a link to a file gives. */
export async function fetchLink(app: TestApp, link: string) {
  const { pathname, search } = new URL(link)
  const { statusCode, rawPayload, headers } = await app.app.server.inject({ method: 'GET', url: pathname + search })
  return { status: statusCode, bytes: rawPayload, headers }
}
