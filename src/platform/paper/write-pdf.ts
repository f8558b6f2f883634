import type { FileStorage } from '../files/storage.ts'
import type { Paper } from './paper.ts'
import { printPdf } from './pdf.ts'

const MOST_BYTES = 2 ** 26

/** Prints a document and writes its bytes; a unit of work makes a file of them afterwards. */
export async function writePdf(files: FileStorage, tenantId: number, paper: Paper) {
  const bytes = await files.write(tenantId, [await printPdf(paper)], MOST_BYTES)
  return { bytes, named: { mime: 'application/pdf', originalName: `${paper.title}.pdf` } as const }
}
