import { lockCustomers } from '../customers/index.ts'
import { notFound } from '../platform/errors/errors.ts'
import type { UnitOfWork } from '../platform/units/work.ts'
import { findStudio } from '../studios/index.ts'
import type { ChannelConfig, PreferenceWish } from './preference-rules.ts'
import { changePreferences, findChannelConfig } from './preferences.ts'
import { saveChannelConfigs } from './store.ts'
import { findPerson } from './person-store.ts'

/** Changes what a customer has chosen, on behalf of the customer. */
export async function setPreferences(work: UnitOfWork, customerId: number, wishes: readonly PreferenceWish[]) {
  await lockCustomers(work.tx, [customerId])
  const person = await findPerson(work.tx, customerId)
  if (!person) throw notFound('customer', customerId)
  await changePreferences(work, { customerId, studioId: person.studioId }, wishes)
}

/**
 * Sets what a studio offers for one category and channel. The first change writes the whole matrix down, so that later
 * defaults of ours do not change what the studio has seen. Choices of customers stay stored.
 */
export async function configureChannel(work: UnitOfWork, studioId: number, config: ChannelConfig) {
  if (!(await findStudio(work.tx, studioId))) throw notFound('studio', studioId)
  const matrix = await findChannelConfig(work.tx, studioId)
  const isThis = ({ category, channel }: ChannelConfig) => category === config.category && channel === config.channel
  const before = matrix.find(isThis)
  const presented = ({ available, defaultActive, customerOverridable }: ChannelConfig) => ({
    available,
    defaultActive,
    customerOverridable,
  })
  if (before && JSON.stringify(presented(before)) === JSON.stringify(presented(config))) return
  await saveChannelConfigs(work.tx, studioId, [...matrix.filter((each) => !isThis(each)), config])
  work.audit({
    action: 'channelConfig.updated',
    entityKind: 'studio',
    entityId: studioId,
    studioId,
    diff: { [`${config.category}.${config.channel}`]: [before ? presented(before) : null, presented(config)] },
  })
}
