import type { Command } from 'commander'
import { createLead as creation } from '../../../leads/api.ts'
import {
  createCampaign,
  createLead,
  getLeadForm,
  type LeadFormChanges,
  type LeadStatus,
  leadWording,
  listCampaigns,
  listLeads,
  presentForm,
  saveLeadForm,
  setLeadNotes,
  setLeadStatus,
} from '../../../leads/index.ts'
import { validateRequest } from '../../../platform/validation/validation.ts'
import { parseId, tenantCommand } from '../../command.ts'
import { fields, list, parseChoice, parseJson } from '../../input/json-input.ts'
import { UsageError } from '../../failures.ts'
import { getStudio } from '../../input/studio-choice.ts'
import { readText } from '../../input/text-file.ts'

interface OfStudio {
  readonly studio: number
}
interface FromFile extends OfStudio {
  readonly file: string
}

const modes = ['INACTIVE', 'OPTIONAL', 'MANDATORY'] as const
const statuses = ['OPEN', 'CONVERTED', 'LOST'] as const

export function addLeadCommands(program: Command) {
  const lead = program.command('lead')
  addForm(lead)
  addBoard(lead)
  const create = ofStudio(lead.command('create').description('enter a prospect, as createLead of the API takes it'))
  create.requiredOption('--file <path>', 'the JSON file; - reads stdin')
  tenantCommand<FromFile>(create, ({ write, platform: { secrets } }, { options: { studio, file } }) => {
    const { body } = validateRequest(creation, { params: {}, query: {}, body: readJson(file) })
    return write(async (work) => {
      // Staff search duplicates in their studio, also among people who have withdrawn their data from partners.
      const sight = { studioIds: [studio], integrationId: null }
      await getStudio(work.db, studio)
      const context = { studioId: studio, form: await getLeadForm(work, studio), wording: leadWording, sight }
      if (body.leadCustomer.thirdPartyId !== undefined) throw new UsageError('thirdPartyId is for integrations.')
      return createLead(work, body, context, { source: 'STAFF', secrets })
    })
  })
  addCampaigns(program)
}

function addForm(lead: Command) {
  const form = ofStudio(lead.command('form').description('what a studio asks prospects for'))
  tenantCommand<OfStudio>(form, ({ read }, { options: { studio } }) =>
    read(async (view) => {
      await getStudio(view.db, studio)
      return presentForm(await getLeadForm(view, studio))
    }),
  )
  const set = ofStudio(
    lead
      .command('form-set')
      .description('set modes (addressMode, …) and fields ([{additionalFieldId, mode}]); what is left out stays'),
  )
  set.requiredOption('--file <path>', 'the JSON file; - reads stdin')
  tenantCommand<FromFile>(set, async ({ write }, { options: { studio, file } }) => {
    const changes = readForm(readJson(file))
    await write((work) => saveLeadForm(work, studio, changes))
    return { studioId: studio }
  })
}

function addBoard(lead: Command) {
  const all = ofStudio(lead.command('list').description('the leads of a studio, the newest first'))
  all.option('--status <status>', 'open, converted or lost', (text) =>
    parseChoice<LeadStatus>(statuses, text.toUpperCase(), 'The status'),
  )
  tenantCommand<OfStudio & { status?: LeadStatus }>(all, ({ read }, { options: { studio, status } }) =>
    read(async ({ db }) =>
      (await listLeads(db, studio, status)).map((row) => ({ ...row, createdAt: String(row.createdAt) })),
    ),
  )
  const moves = { lose: ['LOST', 'give a lead up'], reopen: ['OPEN', 'take a lead up again'] } as const
  for (const [name, [status, description]] of Object.entries(moves)) {
    tenantCommand(lead.command(`${name} <leadId>`).description(description), async ({ write }, { args: [id = ''] }) => {
      await write((work) => setLeadStatus(work, parseId(id), status))
      return { leadId: parseId(id), status }
    })
  }
  const notes = lead.command('notes <leadId> [text]').description('remember something of a lead; no text: forget it')
  tenantCommand(notes, async ({ write }, { args: [id = '', text] }) => {
    await write((work) => setLeadNotes(work, parseId(id), text ?? null))
    return { leadId: parseId(id) }
  })
}

function addCampaigns(program: Command) {
  const campaign = program.command('campaign')
  const create = ofStudio(campaign.command('create <name>').description('add a campaign'))
  create.option('--external-id <code>', 'the code that partners send with its leads')
  tenantCommand<OfStudio & { externalId?: string }>(create, async ({ write }, { args: [name = ''], options }) => {
    const campaign = { studioId: options.studio, name, externalId: options.externalId ?? null }
    return { campaignId: await write((work) => createCampaign(work, campaign)) }
  })
  tenantCommand<OfStudio>(
    ofStudio(campaign.command('list').description('the campaigns of a studio')),
    ({ read }, { options: { studio } }) => read(({ db }) => listCampaigns(db, studio)),
  )
}

const ofStudio = (command: Command) => command.requiredOption('--studio <id>', 'the studio', parseId)

const readJson = (file: string) => parseJson(readText(file))

function readForm(value: unknown): LeadFormChanges {
  const given = fields(value, 'The form')
  const changes: Record<string, unknown> = {}
  for (const name of ['addressMode', 'dateOfBirthMode', 'genderMode', 'telephoneMode']) {
    if (given[name] !== undefined) changes[name] = parseChoice(modes, given[name], name)
  }
  if (given['fields'] !== undefined) {
    changes['fields'] = list(given['fields'], 'fields').map((entry, index) => {
      const { additionalFieldId, mode } = fields(entry, `fields[${index}]`)
      return {
        additionalFieldId: parseId(String(additionalFieldId)),
        mode: parseChoice(modes, mode, `fields[${index}].mode`),
      }
    })
  }
  return changes
}
