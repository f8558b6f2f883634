import { badRequest, notFound, refuseFields, violation } from '../errors/errors.ts'
import { canonicalTag, catalogueText, supportedLanguages } from '../errors/localisation.ts'
import type { UnitOfWork, View } from '../units/work.ts'
import {
  deleteOverride,
  listOverrides,
  lockOverride,
  notifyTextsChanged,
  type Override,
  upsertOverride,
} from './override-store.ts'
import { judgeTemplate, longestText, listPlaceholders, tidyText } from './template-rules.ts'

type TextName = Pick<Override, 'key' | 'language'>

/** Words a text of the catalogue as the tenant wants it, in one language or variant. */
export async function overrideText(work: UnitOfWork, wanted: Override): Promise<Override> {
  const { key, language } = normaliseName(wanted)
  const text = tidyText(wanted.text)
  refuseMisfit(text, catalogueText(key, 'en') ?? '')
  const before = await lockOverride(work.tx, key, language)
  if (before?.text === text) return { key, language, text }
  const id = await upsertOverride(work.tx, { key, language, text }, work.now)
  await notifyTextsChanged(work.tx)
  auditText(work, 'text.overridden', id, { name: { key, language }, change: [before?.text ?? null, text] })
  return { key, language, text }
}

/** Takes the tenant's wording back: the catalogue's counts again. */
export async function removeOverride(work: UnitOfWork, wanted: TextName): Promise<TextName> {
  const { key, language } = normaliseName(wanted)
  const before = await lockOverride(work.tx, key, language)
  if (!before) throw notFound('text', `${key} (${language})`)
  await deleteOverride(work.tx, before.id)
  await notifyTextsChanged(work.tx)
  auditText(work, 'text.restored', before.id, { name: { key, language }, change: [before.text, null] })
  return { key, language }
}

/** What the tenant has worded itself, beside what the catalogue says in the same language. */
export async function listOwnTexts({ db }: View) {
  const rows = await listOverrides(db)
  return rows.map(({ key, language, text }) => ({
    key,
    language,
    text,
    catalogue: catalogueText(key, language) ?? catalogueText(key, language.split('-')[0] ?? ''),
  }))
}

/** A key and a language that exist. */
function normaliseName({ key, language }: TextName): TextName {
  if (catalogueText(key, 'en') === undefined) throw notFound('text', key)
  const tag = canonicalTag(language)
  if (tag !== undefined) return { key, language: tag }
  throw refuseFields([violation('language', 'enum', { type: 'ENUM', value: supportedLanguages })])
}

function refuseMisfit(text: string, english: string) {
  const verdict = judgeTemplate(text, english)
  switch (verdict) {
    case 'FITS':
      return
    case 'EMPTY':
      throw refuseFields([violation('text', 'required')])
    case 'TOO_LONG':
      throw refuseFields([violation('text', 'maxLength', { type: 'INTEGER', value: longestText })])
    case 'CONTROL_CHARACTER':
      throw refuseFields([violation('text', 'pattern')])
    case 'PLACEHOLDERS_DIFFER':
      throw badRequest('errormessage.text.placeholdersDiffer', {
        args: [{ type: 'STRING', value: listPlaceholders(english).join(' ') || '–' }],
        reference: 'text',
      })
  }
}

function auditText(
  work: UnitOfWork,
  action: string,
  entityId: number,
  { name, change }: { readonly name: TextName; readonly change: readonly [string | null, string | null] },
) {
  work.audit({ action, entityKind: 'text', entityId, diff: { [`${name.key} ${name.language}`]: change } })
}
