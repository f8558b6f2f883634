import { createRequire } from 'node:module'
import { constants, setPriority } from 'node:os'
import { dirname, join } from 'node:path'
import { parentPort } from 'node:worker_threads'
import pdfmake from 'pdfmake'
import { layOut } from './layout.ts'
import type { Printed, Printing } from './pdf.ts'

const require = createRequire(import.meta.url)
const fonts = join(dirname(require.resolve('pdfmake/package.json')), 'fonts', 'Roboto')

pdfmake.setFonts({
  Roboto: {
    normal: join(fonts, 'Roboto-Regular.ttf'),
    bold: join(fonts, 'Roboto-Medium.ttf'),
    italics: join(fonts, 'Roboto-Italic.ttf'),
    bolditalics: join(fonts, 'Roboto-MediumItalic.ttf'),
  },
})
// Nothing in a paper names a file or an address; nothing that might do so is read.
pdfmake.setLocalAccessPolicy((path: string) => path.startsWith(fonts))
pdfmake.setUrlAccessPolicy(() => false)

// Requests come first. Linux knows priorities of single threads; elsewhere it would be that of the whole process.
if (process.platform === 'linux') setPriority(constants.priority.PRIORITY_BELOW_NORMAL)

// Its warnings quote what is drawn.
console.warn = () => {}

parentPort?.on('message', (message: Printing) => void print(message))

async function print({ id, paper }: Printing) {
  try {
    const createdAt = Temporal.Instant.fromEpochMilliseconds(paper.createdAtMs)
    const bytes = await pdfmake.createPdf(layOut({ ...paper, createdAt })).getBuffer()
    parentPort?.postMessage({ id, bytes } satisfies Printed)
  } catch (error) {
    // Messages of the library may quote what is printed.
    parentPort?.postMessage({ id, failure: error instanceof Error ? error.name : 'Error' } satisfies Printed)
  }
}
