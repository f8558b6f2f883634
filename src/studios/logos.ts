import { notFound } from '../platform/errors/errors.ts'
import type { PendingFile } from '../platform/uploads/pending-file.ts'
import { replaceFile } from '../platform/uploads/replacement.ts'
import type { UnitOfWork } from '../platform/units/work.ts'
import { lockStudio } from './store.ts'
import { updateStudio } from './studios.ts'

/** Gives a studio another logo, which everybody may see under an address of its own; the same one changes nothing. */
export async function setStudioLogo(work: UnitOfWork, studioId: number, file: PendingFile): Promise<number> {
  const before = await lockStudio(work.tx, studioId)
  if (!before) throw notFound('studio', studioId)
  const owner = { ownerKind: 'studioLogo', ownerId: studioId } as const
  const { fileId } = await replaceFile(work, before.logoFileId, file, owner)
  await updateStudio(work, studioId, { logoFileId: fileId })
  return fileId
}
