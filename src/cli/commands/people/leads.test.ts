import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { openTestApp, type TestApp } from '../../../../test/support/app.ts'
import { commandLine } from '../../../../test/support/command-line.ts'
import { newLead, plantLeadForm, shirtFieldId } from '../../../../test/support/scenes/leads.ts'

let app: TestApp
before(async () => {
  app = await openTestApp()
  await plantLeadForm(app)
})
after(() => app.close())

const run = (line: string) => commandLine(app)(line)

async function writeJsonFile(value: unknown): Promise<string> {
  const file = join(tmpdir(), `palestra-lead-${process.pid}.json`)
  await writeFile(file, JSON.stringify(value))
  return file
}

test('staff say what prospects are asked for, and partners read it', async () => {
  const form = { telephoneMode: 'OPTIONAL', fields: [{ additionalFieldId: shirtFieldId, mode: 'OPTIONAL' }] }
  await run(`lead form-set --studio 123 --file ${await writeJsonFile(form)}`)
  const { body } = await app.get('/v1/leads/config')
  assert.deepEqual(
    [body.telephoneMode, body.genderMode, body.additionalInformation.length],
    ['OPTIONAL', 'INACTIVE', 1],
  )
  assert.deepEqual(await run('lead form --studio 123'), body)
  const wrong = await writeJsonFile({ telephoneMode: 'SOMETIMES' })
  await assert.rejects(run(`lead form-set --studio 123 --file ${wrong}`), /telephoneMode/)
})

test('staff enter a prospect of a campaign, remember something, and give up', async () => {
  const { campaignId } = await run('campaign create "Open day" --studio 123 --external-id OPEN-26')
  assert.deepEqual(await run('campaign list --studio 123'), [
    { id: campaignId, name: 'Open day', externalId: 'OPEN-26' },
  ])
  const lead = { ...newLead(), externalIdentifier: 'OPEN-26' }
  const { id, customerId } = await run(`lead create --studio 123 --file ${await writeJsonFile(lead)}`)
  assert.equal((await app.get(`/v1/customers/${customerId}`)).body.status, 'PROSPECT')
  await assert.rejects(run(`lead create --studio 123 --file ${await writeJsonFile(lead)}`), {
    code: 'errormessage.lead.duplicateCustomer',
  })
  await run(`lead notes ${id} "calls back on Monday"`)
  await run(`lead lose ${id}`)
  const [listed] = await run('lead list --studio 123 --status lost')
  assert.deepEqual(
    [listed.id, listed.source, listed.campaignId, listed.notes],
    [id, 'STAFF', campaignId, 'calls back on Monday'],
  )
  await run(`lead reopen ${id}`)
  assert.deepEqual(await run('lead list --studio 123 --status lost'), [])
})

test('staff define what to know of customers, and partners read it', async () => {
  const { fieldId } = await run(
    'field create "How did you hear of us?" --type list --studios 124 --items Web,Radio --multi',
  )
  const { itemId } = await run(`field item-add ${fieldId} Friends --position 0`)
  await run(`field update ${fieldId} --name "Heard of us" --abbreviation HU`)
  await run(`field item-update ${itemId} --name "A friend"`)
  const read = async () => (await app.get('/v1/customers/additional-information-fields', { as: app.hamburg })).body
  const [field] = await read()
  assert.deepEqual([field.name, field.abbreviation], ['Heard of us', 'HU'])
  assert.deepEqual(field.listItems.map((item: { name: string }) => item.name).sort(), ['A friend', 'Radio', 'Web'])
  await run(`field update ${fieldId} --no-active`)
  assert.deepEqual(await read(), [])
  const listed = (await run('field list')).find(({ id }: { id: number }) => id === fieldId)
  assert.deepEqual([listed.active, listed.studioIds, listed.items.length], [false, [124], 3])
})

test('staff move a customer, and share no data with an integration any more', async () => {
  const { customerId } = await run(`lead create --studio 123 --file ${await writeJsonFile(newLead())}`)
  const seenAs = async (as = app.hamburg) => (await app.get(`/v1/customers/${customerId}`, { as })).status
  await run(`customer switch-studio ${customerId} --to 124 --on 2026-06-15 --description "moved house"`)
  assert.equal(await seenAs(), 200)
  await run(`customer block-integration ${customerId} ${app.berlin.integrationId} --reason "asked for it"`)
  assert.equal(await seenAs(), 404)
  await run(`customer unblock-integration ${customerId} ${app.berlin.integrationId}`)
  assert.equal(await seenAs(), 200)
})
