import type { CreationHook } from '../customers/index.ts'
import { formatActor } from '../platform/caller.ts'
import { type ApiError, badRequest, refuseFields, violation } from '../platform/errors.ts'
import type { Queryable } from '../platform/database.ts'
import type { UnitOfWork } from '../platform/work.ts'
import {
  type ChannelConfig,
  defaultConfig,
  inOrder,
  planPreferences,
  type PreferenceChoice,
  type PreferenceRefusal,
} from './preference-rules.ts'
import { insertConsentLines, insertPreferences, listChannelConfigs } from './store.ts'

/** What a studio offers per category and channel; the defaults of all studios where staff have configured nothing. */
export async function findChannelConfig(db: Queryable, studioId: number): Promise<readonly ChannelConfig[]> {
  const configured = await listChannelConfigs(db, studioId)
  return configured.length > 0 ? inOrder(configured) : defaultConfig
}

/** Stores the wishes that a new customer comes with; everything else follows the studio. */
export const startPreferences: CreationHook = async (work, { studioId, communicationPreferences = [] }) => {
  const plan = planPreferences(communicationPreferences, await findChannelConfig(work.tx, studioId))
  if ('reason' in plan) throw refusalOf(plan, 'communicationPreferences')
  return (customerId) => storeChoices(work, customerId, plan)
}

/** Consent must be provable: every choice that differs from what counted before leaves a line that is never altered. */
async function storeChoices({ tx, now, caller }: UnitOfWork, customerId: number, choices: readonly PreferenceChoice[]) {
  const actor = formatActor(caller.actor)
  await insertPreferences(
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
        at: now,
      })),
  )
}

/** `path` is where the list of wishes stands in the body. */
function refusalOf({ reason, reference, category, channel }: PreferenceRefusal, path: string): ApiError {
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
