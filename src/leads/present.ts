import type { ChannelConfig } from '../communication/index.ts'
import type { LeadConfig } from './api.ts'
import type { LeadField, LeadForm } from './draft-facts.ts'

export function presentForm({ modes, fields, channels }: LeadForm): LeadConfig {
  return {
    ...modes,
    additionalInformation: fields.map(presentField),
    communicationPreferences: presentChannels(channels),
  }
}

function presentField({ id, name, type, multi, items, mode }: LeadField) {
  const selectionValues = items.map((item) => item.name)
  const field = { additionalFieldId: id, name, type, allowMultiSelection: multi, mode }
  return type === 'LIST' ? { ...field, selectionValues } : field
}

function presentChannels(channels: readonly ChannelConfig[]) {
  const byCategory = Map.groupBy(
    channels.filter(({ available }) => available),
    ({ category }) => category,
  )
  return [...byCategory].map(([messageCategory, ofCategory]) => ({
    messageCategory,
    channels: ofCategory.map(({ channel, defaultActive, customerOverridable }) => ({
      communicationChannel: channel,
      customerOverridable,
      active: defaultActive,
    })),
  }))
}
