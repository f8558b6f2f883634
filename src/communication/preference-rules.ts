import type { channels, messageCategories } from './tables.ts'

export type MessageCategory = (typeof messageCategories)[number]
export type Channel = (typeof channels)[number]

/** What a studio offers for one category and channel. */
export interface ChannelConfig {
  readonly category: MessageCategory
  readonly channel: Channel
  readonly available: boolean
  readonly defaultActive: boolean
  readonly customerOverridable: boolean
}

/** What a customer wishes for one category. */
export interface PreferenceWish {
  readonly messageCategory?: MessageCategory
  readonly channels?: readonly { readonly communicationChannel: Channel; readonly active?: boolean }[]
}

/** A choice of the customer's own that is to be stored; `before` is what counted until now. */
export interface PreferenceChoice {
  readonly category: MessageCategory
  readonly channel: Channel
  readonly active: boolean
  readonly before: boolean
}

export interface PreferenceRefusal {
  readonly reason: 'CATEGORY_MISSING' | 'DUPLICATE' | 'CHANNEL_NOT_AVAILABLE' | 'NOT_OVERRIDABLE'
  /** Dotted path of the field to blame, from the list of wishes on. */
  readonly reference: string
  readonly category?: MessageCategory
  readonly channel?: Channel
}

const offered: readonly Channel[] = ['LETTER', 'EMAIL', 'TEXT_MESSAGE', 'PHONE']
const active: Readonly<Record<MessageCategory, readonly Channel[]>> = {
  CONTRACT: ['EMAIL', 'LETTER'],
  GENERAL: ['EMAIL'],
  APPOINTMENT: ['EMAIL', 'TEXT_MESSAGE'],
  // Advertising needs consent, so nothing is on by itself.
  NEWSLETTER: [],
  LOYALTY_PROGRAM: [],
}

/** What counts in a studio whose staff have configured nothing. */
export const defaultConfig: readonly ChannelConfig[] = (Object.keys(active) as MessageCategory[]).flatMap((category) =>
  offered.map((channel) => {
    const isOn = active[category].includes(channel)
    const isFixed = category === 'CONTRACT' && isOn
    return { category, channel, available: true, defaultActive: isOn, customerOverridable: !isFixed }
  }),
)

/** In the order in which a studio without configuration lists its channels; those that it does not know come last. */
export function inOrder(config: readonly ChannelConfig[]): ChannelConfig[] {
  const known = defaultConfig.map(({ category, channel }) => `${category} ${channel}`)
  const categories = Object.keys(active)
  const channelRank = ({ category, channel }: ChannelConfig) => {
    const position = known.indexOf(`${category} ${channel}`)
    return categories.indexOf(category) * 100 + (position < 0 ? 99 : position)
  }
  return config.toSorted((a, b) => channelRank(a) - channelRank(b) || (a.channel < b.channel ? -1 : 1))
}

/** A choice of the customer's own as it is stored. */
export type StoredChoice = Pick<PreferenceChoice, 'category' | 'channel' | 'active'>

/** Whether messages of a category may use a channel: the customer's choice where the studio lets customers choose. */
export function effectiveChoice(rule: ChannelConfig, choices: readonly StoredChoice[]): boolean {
  if (!rule.available) return false
  if (!rule.customerOverridable) return rule.defaultActive
  const own = choices.find(({ category, channel }) => category === rule.category && channel === rule.channel)
  return own?.active ?? rule.defaultActive
}

/** The choices to store for a customer who has made `earlier` ones, or the first refusal in the order of the list. */
export function planPreferences(
  wishes: readonly PreferenceWish[],
  config: readonly ChannelConfig[],
  earlier: readonly StoredChoice[] = [],
): readonly PreferenceChoice[] | PreferenceRefusal {
  const missing = wishes.findIndex((wish) => wish.messageCategory === undefined)
  if (missing >= 0) return { reason: 'CATEGORY_MISSING', reference: `[${missing}].messageCategory` }
  return findDuplicate(wishes) ?? planChoices(wishes, config, earlier)
}

function findDuplicate(wishes: readonly PreferenceWish[]): PreferenceRefusal | undefined {
  const seen = new Set<string>()
  const isSeen = (name: string) => seen.has(name) || !seen.add(name)
  for (const [i, { messageCategory = '', channels: chosen = [] }] of wishes.entries()) {
    if (isSeen(messageCategory)) return { reason: 'DUPLICATE', reference: `[${i}].messageCategory` }
    for (const [j, { communicationChannel }] of chosen.entries()) {
      if (isSeen(`${messageCategory} ${communicationChannel}`)) {
        return { reason: 'DUPLICATE', reference: `[${i}].channels[${j}].communicationChannel` }
      }
    }
  }
  return undefined
}

function planChoices(
  wishes: readonly PreferenceWish[],
  config: readonly ChannelConfig[],
  earlier: readonly StoredChoice[],
) {
  const choices: PreferenceChoice[] = []
  for (const [i, { messageCategory: category, channels: chosen = [] }] of wishes.entries()) {
    for (const [j, { communicationChannel: channel, active: wished }] of chosen.entries()) {
      const at = `[${i}].channels[${j}]`
      const rule = config.find((each) => each.category === category && each.channel === channel)
      if (!rule?.available || !category) {
        return { reason: 'CHANNEL_NOT_AVAILABLE', reference: `${at}.communicationChannel`, channel } as const
      }
      if (wished === undefined) continue
      const before = effectiveChoice(rule, earlier)
      if (rule.customerOverridable) choices.push({ category, channel, active: wished, before })
      else if (wished !== before) {
        return { reason: 'NOT_OVERRIDABLE', reference: `${at}.active`, category, channel } as const
      }
    }
  }
  return choices
}
