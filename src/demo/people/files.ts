import { customerDocuments } from '../../customer-files/tables.ts'
import { customers } from '../../customers/customer-table.ts'
import { employees } from '../../employees/tables.ts'
import { eq } from 'drizzle-orm'
import { insertFile } from '../../platform/files/files.ts'
import type { OwnerKind } from '../../platform/files/owner-kinds.ts'
import { anna } from '../house/employees.ts'
import { edgar } from './people.ts'
import { plant, type Planting } from '../planting.ts'

const contract = 7201
const houseRules = 7202
const portraitOfEdgar = 7211
const portraitOfAnna = 7212

/** Edgar's picture and his two documents, and the picture of Anna. */
export async function plantFiles(planting: Planting) {
  const pictures = { mime: 'image/jpeg', originalName: 'portrait.jpg' }
  const jpegOfEdgar = await portrait('EB', '#4a6b8a')
  await keep(planting, jpegOfEdgar, { id: portraitOfEdgar, ownerKind: 'customerImage', ownerId: edgar, ...pictures })
  await planting.work.tx.update(customers).set({ imageFileId: portraitOfEdgar }).where(eq(customers.id, edgar))
  const jpegOfAnna = await portrait('AC', '#8a5a4a')
  await keep(planting, jpegOfAnna, { id: portraitOfAnna, ownerKind: 'employeeImage', ownerId: anna, ...pictures })
  await planting.work.tx.update(employees).set({ imageFileId: portraitOfAnna }).where(eq(employees.id, anna))
  await plantDocument(planting, {
    id: contract,
    fileName: 'membership-contract.pdf',
    mime: 'application/pdf',
    description: 'Signed contract',
    bytes: makePdf('Membership contract of Edgar Bullock'),
  })
  await plantDocument(planting, {
    id: houseRules,
    fileName: 'house-rules.txt',
    mime: 'text/plain',
    description: 'House rules, as accepted at the desk',
    bytes: Buffer.from('1. Bring a towel.\n2. Put the weights back.\n3. Be kind.\n'),
  })
}

interface DemoDocument {
  readonly id: number
  readonly fileName: string
  readonly mime: string
  readonly description: string
  readonly bytes: Buffer
}

const FILE_AFTER_DOCUMENT = 20

async function plantDocument(planting: Planting, { id, fileName, mime, description, bytes }: DemoDocument) {
  const fileId = id + FILE_AFTER_DOCUMENT
  const file = { id: fileId, mime, originalName: fileName, ownerKind: 'customerDocument', ownerId: edgar } as const
  await keep(planting, bytes, file)
  const row = { id, customerId: edgar, fileId, fileName, description, uploadedBy: 'CLI' }
  await plant(planting, customerDocuments, [row])
}

interface DemoFile {
  readonly id: number
  readonly mime: string
  readonly originalName: string
  readonly ownerKind: OwnerKind
  readonly ownerId: number
}

async function keep({ platform, work }: Planting, bytes: Buffer, file: DemoFile) {
  const stored = await platform.files.write(work.caller.tenantId, [bytes], bytes.length)
  await insertFile(work, stored, file)
}

/** Initials on a colour: enough to be distinguished from one another. */
async function portrait(initials: string, colour: string): Promise<Buffer> {
  // Wanted once in the life of a demo; loaded, it would stay in memory for as long as the server runs.
  const { default: sharp } = await import('sharp')
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="600" height="600">
    <rect width="600" height="600" fill="${colour}"/><circle cx="300" cy="230" r="110" fill="#ffffff55"/>
    <ellipse cx="300" cy="560" rx="210" ry="190" fill="#ffffff55"/>
    <text x="300" y="270" font-size="110" text-anchor="middle" fill="#fff" font-family="sans-serif">${initials}</text></svg>`
  return sharp(Buffer.from(svg)).jpeg({ quality: 85 }).toBuffer()
}

/** One page with one line, as every viewer opens it. */
function makePdf(line: string): Buffer {
  const content = `BT /F1 18 Tf 60 780 Td (${line}) Tj ET`
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 5 0 R >> >> /Contents 4 0 R >>',
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ]
  let text = '%PDF-1.4\n'
  const offsets = objects.map((object, n) => {
    const offset = text.length
    text += `${n + 1} 0 obj\n${object}\nendobj\n`
    return `${String(offset).padStart(10, '0')} 00000 n \n`
  })
  const size = objects.length + 1
  const table = `xref\n0 ${size}\n0000000000 65535 f \n${offsets.join('')}`
  return Buffer.from(`${text}${table}trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${text.length}\n%%EOF\n`)
}
