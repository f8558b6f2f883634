import { diffValues } from '../platform/units/audit-values.ts'
import { notFound, refuseFields, violation } from '../platform/errors/errors.ts'
import type { UnitOfWork } from '../platform/units/work.ts'
import { findStudio } from '../studios/index.ts'
import { listActivations, listIntegrations } from '../integrations/index.ts'
import { isAfter } from '../platform/time/order.ts'
import { judgeBenefitRule, planBenefitRule } from './definition-rules.ts'
import {
  hasSource,
  insertBenefit,
  insertBenefitRule,
  lockBenefit,
  lockBenefitOfKey,
  lockBenefitRule,
  type NewBenefitRule,
  updateBenefit,
  updateRuleEnd,
  upsertBenefitStudio,
} from './store.ts'

export interface BenefitDefinition {
  readonly integrationId: number
  /** How the partner calls it. */
  readonly key: string
  readonly name?: string
  readonly crossFacility?: boolean
  readonly active?: boolean
}

/** Adds a benefit of a partner, or changes what is given of the one with this key. Answers its id. */
export async function defineBenefit(work: UnitOfWork, definition: BenefitDefinition): Promise<number> {
  const { tx, now } = work
  const { integrationId, key, ...given } = definition
  if (key.trim() === '') throw refuseFields([violation('key', 'required')])
  const known = await lockBenefitOfKey(tx, integrationId, key)
  if (known) {
    const diff = diffValues(known, given)
    if (Object.keys(diff).length === 0) return known.id
    await updateBenefit(tx, known.id, given, now)
    work.audit({ action: 'benefit.updated', entityKind: 'benefit', entityId: known.id, diff })
    return known.id
  }
  const integrations = await listIntegrations(tx)
  if (!integrations.some(({ id }) => id === integrationId)) throw notFound('integration', integrationId)
  const benefit = { crossFacility: false, active: true, ...given, integrationId, key, name: given.name ?? key }
  const benefitId = await insertBenefit(tx, benefit, now)
  work.audit({ action: 'benefit.created', entityKind: 'benefit', entityId: benefitId, diff: diffValues({}, benefit) })
  return benefitId
}

/** Switches a benefit on or off in a studio; on only where its partner is activated. Repeating it changes nothing. */
export async function setBenefitStudio(
  work: UnitOfWork,
  setting: { readonly benefitId: number; readonly studioId: number; readonly enabled: boolean },
) {
  const { benefitId, studioId, enabled } = setting
  const benefit = await lockBenefit(work.tx, benefitId)
  if (!benefit) throw notFound('benefit', benefitId)
  const activations = enabled ? await listActivations(work.tx, benefit.integrationId) : []
  if (enabled && !activations.some((each) => each.studioId === studioId)) throw notFound('studio', studioId)
  if (!(await upsertBenefitStudio(work.tx, setting, work.now))) return
  const diff = { enabled: [!enabled, enabled] } as const
  work.audit({ action: 'benefit.switched', entityKind: 'benefit', entityId: benefitId, studioId, diff })
}

/** Says who of a studio's customers is entitled to a benefit, and how often. Answers the id of the rule. */
export async function addBenefitRule(work: UnitOfWork, wanted: NewBenefitRule): Promise<number> {
  const { tx, now } = work
  const [first, ...more] = judgeBenefitRule(wanted)
  if (first) throw refuseFields([first, ...more])
  const rule = planBenefitRule(wanted)
  const { benefitId, studioId, source, sourceId } = rule
  if (!(await lockBenefit(tx, benefitId))) throw notFound('benefit', benefitId)
  if (!(await findStudio(tx, studioId))) throw notFound('studio', studioId)
  if (source !== 'ALL_MEMBERS' && !(await hasSource(tx, source, sourceId ?? 0))) {
    throw refuseFields([violation('sourceId', 'format', { type: 'STRING', value: source })])
  }
  const ruleId = await insertBenefitRule(tx, rule, now)
  work.audit({
    action: 'benefit.ruled',
    entityKind: 'benefitRule',
    entityId: ruleId,
    studioId,
    diff: diffValues({}, rule),
  })
  return ruleId
}

/** Ends a rule with a day of the home studio, that day included; what has been used stays. */
export async function endBenefitRule(work: UnitOfWork, ruleId: number, lastDay: Temporal.PlainDate | null) {
  const rule = await lockBenefitRule(work.tx, ruleId)
  if (!rule) throw notFound('benefitRule', ruleId)
  if (lastDay && rule.validFrom && isAfter(rule.validFrom, lastDay)) {
    throw refuseFields([violation('validFrom', 'dateOrder', { type: 'STRING', value: 'validTo' })])
  }
  const diff = diffValues({ validTo: rule.validTo }, { validTo: lastDay })
  if (Object.keys(diff).length === 0) return
  await updateRuleEnd(work.tx, ruleId, lastDay, work.now)
  const { studioId } = rule
  work.audit({ action: 'benefit.ruleEnded', entityKind: 'benefitRule', entityId: ruleId, studioId, diff })
}
