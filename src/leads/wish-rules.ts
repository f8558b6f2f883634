import { type ChannelConfig, type PreferenceWish, planPreferences } from '../communication/preference-rules.ts'
import { defined } from '../platform/values/defined.ts'

const findChannelConfig = (channels: readonly ChannelConfig[], category: string | undefined, channel: string) =>
  channels.find((each) => each.category === category && each.channel === channel)

/** The first wish that names what the studio does not offer, as its path in the body. */
export function judgeWishes(wishes: readonly PreferenceWish[], channels: readonly ChannelConfig[]): string | undefined {
  // Wishes for what customers may not choose are no error here: the studio's default stands.
  const plan = planPreferences(
    wishes,
    channels.map((config) => ({ ...config, customerOverridable: true })),
  )
  return 'reason' in plan ? `communicationPreferences${plan.reference}` : undefined
}

/** The wishes that count: without the channels on which the studio leaves no choice. */
export function planWishes(wishes: readonly PreferenceWish[], channels: readonly ChannelConfig[]) {
  return wishes.map(({ messageCategory, channels: chosen = [] }) => ({
    ...defined({ messageCategory }),
    channels: chosen
      .filter(
        ({ communicationChannel }) =>
          findChannelConfig(channels, messageCategory, communicationChannel)?.customerOverridable,
      )
      .map(({ communicationChannel, active }) => ({
        communicationChannel,
        ...defined({ active }),
      })),
  }))
}
