import { notFound } from '../platform/errors/errors.ts'
import type { Secrets } from '../platform/secrets.ts'
import type { PendingFile } from '../platform/uploads/pending-file.ts'
import { replaceFile } from '../platform/uploads/replacement.ts'
import type { UnitOfWork } from '../platform/units/work.ts'
import { updateEmployee } from './employees.ts'
import { lockEmployee } from './store.ts'

/** Gives an employee another picture; the same one again changes nothing. */
export async function setEmployeeImage(work: UnitOfWork, employeeId: number, file: PendingFile, secrets: Secrets) {
  const before = await lockEmployee(work.tx, employeeId)
  if (!before) throw notFound('employee', employeeId)
  const owner = { ownerKind: 'employeeImage', ownerId: employeeId } as const
  const { fileId } = await replaceFile(work, before.imageFileId, file, owner)
  await updateEmployee(work, employeeId, { imageFileId: fileId }, { secrets })
  return fileId
}
