import { findChannelConfig } from '../communication/index.ts'
import { badRequest, notFound } from '../platform/errors/errors.ts'
import type { UnitOfWork, View } from '../platform/units/work.ts'
import { findStudio } from '../studios/index.ts'
import type { LeadForm } from './draft-facts.ts'
import { defaultModes, type FieldMode, type LeadModes } from './form-rules.ts'
import {
  deleteConfiguredFields,
  findLeadConfig,
  insertConfiguredFields,
  listConfiguredFields,
  listFieldIdsOfStudio,
  listOfferedFields,
  saveModes,
} from './form-store.ts'

/** What a studio asks prospects for at present. */
export async function getLeadForm({ db }: Pick<View, 'db'>, studioId: number): Promise<LeadForm> {
  const config = (await findLeadConfig(db, studioId)) ?? defaultModes
  const { addressMode, dateOfBirthMode, genderMode, telephoneMode } = config
  return {
    modes: { addressMode, dateOfBirthMode, genderMode, telephoneMode },
    fields: await listOfferedFields(db, studioId),
    channels: await findChannelConfig(db, studioId),
  }
}

/** The form as staff set it; modes that are left out stay as they are, a list of fields replaces the former one. */
export interface LeadFormChanges extends Partial<LeadModes> {
  readonly fields?: readonly { readonly additionalFieldId: number; readonly mode: FieldMode }[]
}

/** Sets what a studio asks prospects for. Fields must be the studio's, each once; their order is that of the form. */
export async function saveLeadForm(work: UnitOfWork, studioId: number, { fields, ...changes }: LeadFormChanges) {
  const { tx, now } = work
  if (!(await findStudio(tx, studioId))) throw notFound('studio', studioId)
  const { modes: before } = await getLeadForm(work, studioId)
  const modes = { ...before, ...changes }
  const configId = await saveModes(tx, studioId, modes, now)
  const fieldsBefore = await listConfiguredFields(tx, studioId)
  if (fields) {
    await refuseForeignFields(work, studioId, fields)
    await deleteConfiguredFields(tx, configId)
    await insertConfiguredFields(tx, { configId, studioId }, fields, now)
  }
  const diff = { modes: [before, modes], fields: [fieldsBefore, fields ?? fieldsBefore] } as const
  work.audit({ action: 'leadConfig.updated', entityKind: 'leadConfig', entityId: configId, studioId, diff })
}

async function refuseForeignFields(
  { tx }: UnitOfWork,
  studioId: number,
  fields: readonly { readonly additionalFieldId: number }[],
) {
  const known = new Set(await listFieldIdsOfStudio(tx, studioId))
  const seen = new Set<number>()
  for (const [index, { additionalFieldId: id }] of fields.entries()) {
    const reference = `fields[${index}].additionalFieldId`
    if (!known.has(id)) throw badRequest('errormessage.additionalInformationField.unknown', { reference })
    if (seen.has(id)) throw badRequest('errormessage.additionalInformationField.duplicate', { reference })
    seen.add(id)
  }
}
