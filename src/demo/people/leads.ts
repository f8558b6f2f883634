import { additionalInformationFields, additionalInformationListItems } from '../../customers/tables.ts'
import { campaigns, leadConfigFields, leadConfigs, leads } from '../../leads/tables.ts'
import type { LeadModes } from '../../leads/form-rules.ts'
import { berlin, hamburg } from '../house/chain.ts'
import { lea } from './people.ts'
import { type Planting, plant } from '../planting.ts'

/** The form that prospects fill in, and what they came by. */
export const leadForm = 501
export const leadCampaign = 521
export const leaLead = 531

const heardOfUs = 306
const firstWay = 321
const ways = ['Friends', 'Radio', 'Webinar']
const [readsNewsletter, goal] = [302, 305]

/** Phone is needed, gender not asked for; three fields of the studio's own; Lea has come by the campaign. */
export async function plantLeads(planting: Planting) {
  const modes: LeadModes = {
    addressMode: 'OPTIONAL',
    dateOfBirthMode: 'OPTIONAL',
    genderMode: 'INACTIVE',
    telephoneMode: 'MANDATORY',
  }
  await plant(planting, additionalInformationFields, [
    {
      id: heardOfUs,
      name: 'How did you hear of us?',
      type: 'LIST',
      multi: true,
      position: 5,
      studioIds: [berlin, hamburg],
    },
  ])
  await plant(
    planting,
    additionalInformationListItems,
    ways.map((name, position) => ({ id: firstWay + position, fieldId: heardOfUs, name, position })),
  )
  await plant(planting, leadConfigs, [{ id: leadForm, studioId: berlin, ...modes }])
  await plant(
    planting,
    leadConfigFields,
    [heardOfUs, readsNewsletter, goal].map((additionalFieldId, position) => ({
      id: leadForm + 1 + position,
      studioId: berlin,
      configId: leadForm,
      additionalFieldId,
      position,
      mode: 'OPTIONAL' as const,
    })),
  )
  await plant(planting, campaigns, [
    { id: leadCampaign, studioId: berlin, name: 'Spring campaign', externalId: 'CMPGN-123' },
  ])
  await plant(planting, leads, [
    {
      id: leaLead,
      studioId: berlin,
      customerId: lea,
      source: 'API_LEAD',
      notes: 'Free trials and classes',
      campaignExternalId: 'CMPGN-123',
      campaignId: leadCampaign,
    },
  ])
}
