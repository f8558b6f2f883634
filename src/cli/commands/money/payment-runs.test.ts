import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { openTestApp, type TestApp } from '../../../../test/support/app.ts'
import { commandLine } from '../../../../test/support/command-line.ts'
import { assertPain008 } from '../../../../test/support/pain-008.ts'
import { listAudit } from '../../../../test/support/records.ts'
import { addCustomer } from '../../../../test/support/scenes/customers.ts'
import { iban } from '../../../../test/support/scenes/run-scene.ts'

let app: TestApp
let folder = ''
before(async () => {
  app = await openTestApp()
  folder = await mkdtemp(join(tmpdir(), 'palestra-payment-run-'))
})
after(async () => {
  await app.close()
  await rm(folder, { recursive: true })
})

const run = (line: string) => commandLine(app)(line)

test('staff draft, export and submit a payment run by commands, and save its file once', async () => {
  const { studioId } = app.berlin
  const customerId = await addCustomer(app)
  const { instrumentId } = await run(`payment mandate ${customerId} ${iban} --holder "Mara <Lindner>"`)
  const page = join(folder, 'mandate.html')
  await run(`payment print-mandate ${instrumentId} ${page}`)
  const printed = await readFile(page, 'utf8')
  assert.match(printed, /DE89 3704 0044 0532 0130 00/)
  assert.match(printed, /Mara &lt;Lindner&gt;/)
  assert.match(printed, /Lastschriftmandat/)
  const onRecord = (await listAudit(app)).find(({ action }) => action === 'paymentInstrument.mandatePrinted')
  assert.equal(onRecord?.entityId, instrumentId)
  await assert.rejects(run(`payment print-mandate 1 ${join(folder, 'none.html')}`), /notFound/)
  await run(`account charge ${customerId} 29.90 --description Locker`)
  const [books] = await run('legal-entity list')
  await run(`legal-entity update ${books.id} --iban DE75512108001245126199`)
  await run(`payment configure ${studioId} --creditor-id DE98ZZZ09999999999`)
  await run(`payment-run configure ${studioId} --days 1,15 --methods sepa --pain-version pain.008.001.02`)
  const settings = await run(`payment-run settings ${studioId}`)
  assert.deepEqual([settings.runDays, settings.painVersion], [[1, 15], 'pain.008.001.02'])
  const { amount, items } = await run(`payment-run preview --studio ${studioId}`)
  assert.deepEqual([amount, items], ['29.90', 1])

  const { paymentRunId } = await run(`payment-run draft --studio ${studioId}`)
  await run(`payment-run export ${paymentRunId}`)
  const path = join(folder, 'run.xml')
  await assert.rejects(run(`payment-run file ${paymentRunId} ${path}`), {
    code: 'errormessage.paymentRun.fileNotReady',
  })
  await app.app.scheduler.runDue(app.berlin.tenantId)
  const { sha256 } = await run(`payment-run file ${paymentRunId} ${path}`)
  assert.equal((await run(`payment-run show ${paymentRunId}`)).fileSha256, sha256)
  await assertPain008(await readFile(path, 'utf8'))
  await assert.rejects(run(`payment-run file ${paymentRunId} ${path}`), { code: 'EEXIST' })
  assert.equal((await run(`payment-run submit ${paymentRunId}`)).state, 'SUBMITTED')
  const taken = (await listAudit(app)).filter(({ action }) => action === 'paymentRun.fileTaken')
  assert.ok(taken.length > 0)
})
