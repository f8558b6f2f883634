import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import type { Command } from 'commander'
import {
  deleteDocument,
  DOCUMENT_MAX_MB,
  fileDocument,
  IMAGE_MAX_MB,
  listDocumentRows,
  removeCustomerImage,
  setCustomerImage,
  setDocumentInternal,
} from '../../customer-files/index.ts'
import { setEmployeeImage } from '../../employees/index.ts'
import { setOfferImage } from '../../online-offers/index.ts'
import { MEGABYTE } from '../../platform/uploads/multipart.ts'
import { type PendingFile, withPending } from '../../platform/uploads/pending-file.ts'
import type { UploadedFile } from '../../platform/uploads/spool.ts'
import { storeDocument, storeImage } from '../../platform/uploads/stored-files.ts'
import type { UnitOfWork } from '../../platform/units/work.ts'
import { setStudioLogo } from '../../studios/index.ts'
import { parseId, tenantCommand } from '../command.ts'
import { exitCode } from '../exit-codes.ts'
import { CommandFailure } from '../failures.ts'
import type { TenantSession } from '../session.ts'

interface NewDocument {
  readonly description?: string
  readonly internal?: true
}

/** What was filed about people, and their pictures. */
export function addCustomerFiles(customer: Command) {
  const image = customer
    .command('image-set <customerId> <file>')
    .description('replace the picture of a customer by a JPEG or PNG')
  tenantCommand(image, (session, { args: [id = '', path = ''] }) =>
    withImage(session, path, async (work, file) => ({ fileId: await setCustomerImage(work, parseId(id), file) })),
  )
  const noImage = customer.command('image-remove <customerId>').description('take the picture of a customer away')
  tenantCommand(noImage, async ({ write }, { args: [id = ''] }) => {
    await write((work) => removeCustomerImage(work, parseId(id)))
    return { customerId: parseId(id) }
  })
  const list = customer.command('documents <customerId>').description('list the documents of a customer, internal too')
  tenantCommand(list, ({ read }, { args: [id = ''] }) => read(({ db }) => listDocumentRows(db, parseId(id))))
  addDocumentChanges(customer)
}

function addDocumentChanges(customer: Command) {
  const add = customer
    .command('document-add <customerId> <file>')
    .description('file a document of a customer')
    .option('--description <text>', 'what it is')
    .option('--internal', 'partners do not see it')
  tenantCommand<NewDocument>(add, (session, { args: [id = '', path = ''], options }) => {
    const { description, internal = false } = options
    const document = { customerId: parseId(id), description, internal }
    return withDocument(session, path, async (work, file) => ({ documentId: await fileDocument(work, document, file) }))
  })
  const hide = customer
    .command('document-internal <documentId>')
    .description('hide a document from partners')
    .option('--off', 'show it to them again')
  tenantCommand<{ readonly off?: true }>(hide, async ({ write }, { args: [id = ''], options: { off } }) => {
    await write((work) => setDocumentInternal(work, parseId(id), off !== true))
    return { documentId: parseId(id), internal: off !== true }
  })
  const remove = customer
    .command('document-remove <documentId>')
    .description('remove a document; links to it end at once')
  tenantCommand(remove, async ({ write }, { args: [id = ''] }) => {
    await write((work) => deleteDocument(work, parseId(id)))
    return { documentId: parseId(id) }
  })
}

export function addEmployeeImage(employee: Command) {
  const image = employee
    .command('image-set <employeeId> <file>')
    .description('replace the picture of an employee by a JPEG or PNG')
  tenantCommand(image, (session, { args: [id = '', path = ''] }) =>
    withImage(session, path, async (work, file) => ({
      fileId: await setEmployeeImage(work, parseId(id), file, session.platform.secrets),
    })),
  )
}

export function addOfferImage(offer: Command) {
  const image = offer
    .command('image-set <offerId> <file>')
    .description('replace the picture of an offer by a JPEG or PNG')
  tenantCommand(image, (session, { args: [id = '', path = ''] }) =>
    withImage(session, path, async (work, file) => ({ fileId: await setOfferImage(work, parseId(id), file) })),
  )
}

export function addStudioLogo(studio: Command) {
  const logo = studio
    .command('logo-set <studioId> <file>')
    .description('replace the logo of a studio by a JPEG or PNG; everybody may see it')
  tenantCommand(logo, (session, { args: [id = '', path = ''] }) =>
    withImage(session, path, async (work, file) => ({ fileId: await setStudioLogo(work, parseId(id), file) })),
  )
}

type UseFile<T> = (work: UnitOfWork, file: PendingFile) => Promise<T>

/** Stores a picture of this machine and uses it in one unit of work; a unit that fails leaves no file. */
export async function withImage<T>(session: TenantSession, path: string, use: UseFile<T>): Promise<T> {
  const { files } = session.platform
  const file = await storeImage(files, session.tenant.id, await openLocal(path, IMAGE_MAX_MB), IMAGE_MAX_MB)
  return usePending(session, file, use)
}

/** The same with a document of one of the kinds that the operator allows. */
export async function withDocument<T>(session: TenantSession, path: string, use: UseFile<T>): Promise<T> {
  const { files, config } = session.platform
  const limits = { maxMb: DOCUMENT_MAX_MB, allowed: config.documentTypes }
  const file = await storeDocument(files, session.tenant.id, await openLocal(path, DOCUMENT_MAX_MB), limits)
  return usePending(session, file, use)
}

function usePending<T>({ platform: { files }, write }: TenantSession, file: PendingFile, use: UseFile<T>): Promise<T> {
  return withPending(files, file, () =>
    write((work) => {
      file.giveBack()
      return use(work, file)
    }),
  )
}

/** A file of this machine, as if it had been uploaded. */
export async function openLocal(path: string, maxMb: number): Promise<UploadedFile> {
  const found = await stat(path).catch(() => undefined)
  if (!found?.isFile()) throw new CommandFailure(`There is no file ${path}.`, exitCode.notFound)
  return { fileName: basename(path), path, size: found.size, isTooLarge: found.size > maxMb * MEGABYTE }
}
