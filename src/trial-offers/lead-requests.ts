import { reachableSight } from '../customers/index.ts'
import type { LeadContext } from '../leads/index.ts'
import { notFound } from '../platform/errors/errors.ts'
import type { PartnerView } from '../platform/units/work.ts'
import { defined } from '../platform/values/defined.ts'
import { findStudio } from '../studios/index.ts'
import type { TrialOfferLeadCustomerCreationRequest } from './api-schemas.ts'
import { findConfig } from './config-store.ts'

const wording = {
  invalid: 'INVALID_LEAD_CUSTOMER_DATA',
  paths: { leadCustomer: 'leadCustomerData', address: 'leadCustomerData.address' },
} as const

/** A prospect for a trial offer, as leads read one. Only active offers of the studio are found; what they ask for counts. */
export async function openTrialLead(
  view: Pick<PartnerView, 'db' | 'caller' | 'now'>,
  {
    trialOfferConfigId: configId,
    leadCustomerData: { address, ...leadCustomer },
  }: TrialOfferLeadCustomerCreationRequest,
) {
  const studioId = view.caller.studio.id
  const [config, studio] = await Promise.all([findConfig(view.db, studioId, configId), findStudio(view.db, studioId)])
  if (!config?.active) throw notFound('trialOfferConfig', configId)
  if (!studio) throw notFound('studio', studioId)
  const { addressMode, dateOfBirthMode, genderMode, telephoneMode } = config
  const modes = { addressMode, dateOfBirthMode, genderMode, telephoneMode }
  const context: LeadContext<'INVALID_LEAD_CUSTOMER_DATA'> = {
    studioId,
    wording,
    sight: reachableSight(view),
    form: { modes, fields: [], channels: [] },
  }
  const located = address && { ...address, countryCode: studio.countryCode }
  return { draft: { leadCustomer, ...defined({ address: located }) }, context }
}
