import { badRequest, refuseFields, violation } from '../platform/errors/errors.ts'
import type { UnitOfWork, View } from '../platform/units/work.ts'
import { defined } from '../platform/values/defined.ts'
import { listTagsOfStudio } from './information-store.ts'
import { lockStudio } from './store.ts'
import {
  deleteTag,
  deleteTagFromStudios,
  deleteTagsOfStudio,
  insertTag,
  insertTagsOfStudio,
  listTags,
  listTagsByName,
} from './tag-store.ts'

const LONGEST_TAG = 60

/** The names of all tags of the tenant, in code-point order. */
export async function listTagNames({ db }: View): Promise<{ name: string }[]> {
  return (await listTags(db)).map(({ name }) => ({ name }))
}

/**
 * Replaces all tags of a studio; the last writer wins as a whole. Only tags that staff have created can be set. Answers
 * the new set.
 */
export async function setStudioTags(
  work: UnitOfWork,
  studioId: number,
  wanted: readonly { readonly name: string }[],
): Promise<{ name: string }[]> {
  const { tx } = work
  await lockStudio(tx, studioId)
  const [known, before] = await Promise.all([
    listTagsByName(
      tx,
      wanted.map(({ name }) => name),
    ),
    listTagsOfStudio(tx, studioId),
  ])
  const knownNames = new Set(known.map(({ name }) => name))
  const unknownAt = wanted.findIndex(({ name }) => !knownNames.has(name))
  const unknown = wanted[unknownAt]
  if (unknown) {
    throw badRequest('errormessage.studio.tagUnknown', {
      args: [{ type: 'STRING', value: unknown.name }],
      reference: `[${unknownAt}].name`,
    })
  }
  const after = [...knownNames].sort(byCodePoint)
  const old = before.map(({ name }) => name)
  if (JSON.stringify(old) !== JSON.stringify(after)) {
    await deleteTagsOfStudio(tx, studioId)
    await insertTagsOfStudio(
      tx,
      studioId,
      known.map(({ id }) => id),
    )
    work.audit({
      action: 'studio.tagged',
      entityKind: 'studio',
      entityId: studioId,
      studioId,
      diff: { tags: [old, after] },
    })
  }
  return after.map((name) => ({ name }))
}

/** Adds a tag that studios may carry from now on. */
export async function createTag(work: UnitOfWork, { id, name }: { readonly id?: number; readonly name: string }) {
  const trimmed = name.trim()
  if (trimmed === '' || trimmed.length > LONGEST_TAG) {
    throw refuseFields([
      trimmed === ''
        ? violation('name', 'required')
        : violation('name', 'maxLength', { type: 'INTEGER', value: LONGEST_TAG }),
    ])
  }
  const tagId = await insertTag(work.tx, { ...defined({ id }), name: trimmed, createdAt: work.now })
  work.audit({ action: 'tag.created', entityKind: 'tag', entityId: tagId, diff: { name: [null, trimmed] } })
  return tagId
}

/** Removes a tag, also from every studio that carries it. */
export async function removeTag(work: UnitOfWork, tagId: number) {
  await deleteTagFromStudios(work.tx, tagId)
  const [removed] = await deleteTag(work.tx, tagId)
  if (removed)
    work.audit({ action: 'tag.deleted', entityKind: 'tag', entityId: tagId, diff: { name: [removed.name, null] } })
}

/** Plain comparison of code units would put characters outside the basic plane before some inside it. */
function byCodePoint(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b))
}
