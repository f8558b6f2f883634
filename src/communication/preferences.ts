import type { CreationHook } from '../customers/index.ts'
import { type Caller, formatActor, type PartnerCaller } from '../platform/units/caller.ts'
import { type ApiError, badRequest, refuseFields, violation } from '../platform/errors/errors.ts'
import type { Queryable } from '../platform/database/database.ts'
import type { UnitOfWork } from '../platform/units/work.ts'
import {
  type Channel,
  type ChannelConfig,
  defaultConfig,
  effectiveChoice,
  inOrder,
  type MessageCategory,
  planPreferences,
  type PreferenceChoice,
  type PreferenceRefusal,
  type PreferenceWish,
} from './preference-rules.ts'
import { insertConsentLines, listChannelConfigs, listChoices, savePreferences } from './store.ts'
import { messageCategories } from './tables.ts'
import { preferencesUpdated } from './events.ts'

/** What a studio offers per category and channel; the defaults of all studios where staff have configured nothing. */
export async function findChannelConfig(db: Queryable, studioId: number): Promise<readonly ChannelConfig[]> {
  const configured = await listChannelConfigs(db, studioId)
  return configured.length > 0 ? inOrder(configured) : defaultConfig
}

/** Stores the wishes that a new customer comes with; everything else follows the studio. */
export const startPreferences: CreationHook = async (work, { studioId, communicationPreferences = [] }) => {
  const plan = planPreferences(communicationPreferences, await findChannelConfig(work.tx, studioId))
  if ('reason' in plan) throw toRefusal(plan, 'communicationPreferences')
  return (customerId) => storeChoices(work, customerId, plan)
}

/** The partner who passed a choice on; nobody for staff. */
const findIntegrationId = (caller: Caller | PartnerCaller) => ('integration' in caller ? caller.integration.id : null)

/** Consent must be provable: every choice that differs from what counted before leaves a line that is never altered. */
async function storeChoices({ tx, now, caller }: UnitOfWork, customerId: number, choices: readonly PreferenceChoice[]) {
  const actor = formatActor(caller.actor)
  await savePreferences(
    tx,
    choices.map(({ category, channel, active }) => ({
      customerId,
      category,
      channel,
      active,
      source: actor,
      updatedAt: now,
    })),
  )
  await insertConsentLines(
    tx,
    choices
      .filter(({ active, before }) => active !== before)
      .map(({ category, channel, active, before }) => ({
        customerId,
        category,
        channel,
        oldActive: before,
        newActive: active,
        actor,
        integrationId: findIntegrationId(caller),
        at: now,
      })),
  )
}

/** What counts for a customer of a studio, category by category, with the channels that the studio offers. */
export async function listPreferences(db: Queryable, customerId: number, studioId: number) {
  const config = await findChannelConfig(db, studioId)
  const choices = await listChoices(db, customerId)
  return messageCategories.map((messageCategory) => ({
    messageCategory,
    channels: config
      .filter(({ category, available }) => category === messageCategory && available)
      .map((rule) => ({
        communicationChannel: rule.channel,
        customerOverridable: rule.customerOverridable,
        active: effectiveChoice(rule, choices),
      })),
  }))
}

/** Whether a customer may be written to; to be asked before any message goes out. */
export async function mayContact(
  db: Queryable,
  person: { readonly customerId: number; readonly studioId: number },
  { category, channel }: { readonly category: MessageCategory; readonly channel: Channel },
): Promise<boolean> {
  const config = await findChannelConfig(db, person.studioId)
  const rule = config.find((each) => each.category === category && each.channel === channel)
  return rule !== undefined && effectiveChoice(rule, await listChoices(db, person.customerId))
}

/** Stores wishes of a locked customer, all or none of them; partners receive an event when something counts differently now. */
export async function changePreferences(
  work: UnitOfWork,
  { customerId, studioId }: { readonly customerId: number; readonly studioId: number },
  wishes: readonly PreferenceWish[],
) {
  const earlier = await listChoices(work.tx, customerId)
  const plan = planPreferences(wishes, await findChannelConfig(work.tx, studioId), earlier)
  if ('reason' in plan) throw toRefusal(plan, '')
  const isStored = ({ category, channel, active }: PreferenceChoice) =>
    earlier.some((each) => each.category === category && each.channel === channel && each.active === active)
  const fresh = plan.filter((choice) => !isStored(choice))
  if (fresh.length === 0) return
  await storeChoices(work, customerId, fresh)
  const changed = fresh.filter(({ active, before }) => active !== before)
  work.audit({
    action: 'customer.preferencesChanged',
    entityKind: 'customer',
    entityId: customerId,
    studioId,
    diff: Object.fromEntries(
      fresh.map(({ category, channel, before, active }) => [`${category}.${channel}`, [before, active] as const]),
    ),
  })
  if (changed.length === 0) return
  work.emit(preferencesUpdated({ entityId: customerId, customerId, audienceStudioIds: [studioId] }))
}

/** `path` is where the list of wishes stands in the body. */
function toRefusal({ reason, reference, category, channel }: PreferenceRefusal, path: string): ApiError {
  const at = `${path}${reference}`
  switch (reason) {
    case 'CATEGORY_MISSING':
      return refuseFields([violation(at, 'required')])
    case 'DUPLICATE':
      return refuseFields([violation(at, 'uniqueItems')])
    case 'CHANNEL_NOT_AVAILABLE':
      return badRequest('errormessage.communication.channelNotAvailable', {
        args: [{ type: 'ENUM', value: channel ?? '' }],
        reference: at,
      })
    case 'NOT_OVERRIDABLE':
      return badRequest('errormessage.communication.notOverridable', {
        args: [
          { type: 'ENUM', value: category ?? '' },
          { type: 'ENUM', value: channel ?? '' },
        ],
        reference: at,
      })
  }
}
