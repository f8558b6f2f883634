import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { openTestApp, type TestApp } from '../../../../test/support/app.ts'
import { commandLine } from '../../../../test/support/command-line.ts'
import { printDocuments, readPdf } from '../../../../test/support/printed.ts'
import { listAudit } from '../../../../test/support/records.ts'
import { addCustomer } from '../../../../test/support/scenes/customers.ts'
import { addOffer } from '../../../../test/support/scenes/offer-world.ts'

let app: TestApp
let folder = ''
before(async () => {
  app = await openTestApp()
  folder = await mkdtemp(join(tmpdir(), 'palestra-contract-'))
})
after(async () => {
  await app.close()
  await rm(folder, { recursive: true })
})

const run = (line: string) => commandLine(app)(line)

test('staff save the document of a contract once it is printed, never over another file, and that is on record', async () => {
  const { termId } = await addOffer(app)
  const customerId = await addCustomer(app)
  const sold = { startDate: '2026-07-01', contractOfferTermId: termId }
  const answer = await app.post(`/v1/memberships/customers/${customerId}/add-membership`, sold)
  const contractId = String(answer.headers['x-contract-id'])
  const path = join(folder, 'contract.pdf')
  const save = () => run(`contract document ${contractId} ${path}`)
  await assert.rejects(save(), { code: 'errormessage.contractDocument.notFound' })
  assert.equal((await run(`contract show ${contractId}`)).document.state, 'WAITING')
  await printDocuments(app)
  assert.equal((await save()).path, path)
  assert.match(await readPdf(await readFile(path)), new RegExp(`Mitgliedsvertrag ${contractId}`))
  assert.equal((await run(`contract show ${contractId}`)).document.state, 'PRINTED')
  await assert.rejects(save(), { code: 'EEXIST' })
  const taken = (await listAudit(app)).filter(({ action }) => action === 'contract.documentTaken')
  assert.ok(taken.length > 0)
})
