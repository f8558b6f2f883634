import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { promisify } from 'node:util'
import { eq } from 'drizzle-orm'
import { adminOperations, deviceOperations, publicOperations } from '../../src/api.ts'
import { integrations } from '../../src/integrations/tables.ts'
import { type DemoApp, openDemoApp } from '../support/demo-app.ts'
import { type Exchange, runDeviceExamples, runExamples } from '../support/example-run.ts'

const root = join(import.meta.dirname, '..', '..')
const program = join(root, 'node_modules', '@redocly', 'cli', 'bin', 'cli.js')
/** The program would report to its maker and ask for newer releases. */
const silent = { REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' }

let folder: string
before(async () => void (folder = await mkdtemp(join(tmpdir(), 'palestra-traffic-'))))
after(() => rm(folder, { recursive: true, force: true }))

const pairs = (fields: Readonly<Record<string, unknown>>) =>
  Object.entries(fields).map(([name, value]) => ({ name, value: String(value) }))

/** An exchange as browsers and proxies save it (HAR). */
function entry({ call, path, request, answer }: Exchange, server: string) {
  const { as, payload } = request
  const headers: Readonly<Record<string, string>> = { 'x-api-key': as?.key ?? '', ...request.headers }
  const mimeType = String(answer.headers['content-type'] ?? '')
  const sent = payload === undefined ? {} : { postData: { mimeType: headers['content-type'], text: String(payload) } }
  const url = new URL(path, server)
  return {
    startedDateTime: '2026-06-15T07:00:00.000Z',
    request: { method: call.method, url: url.href, headers: pairs(headers), queryString: [], ...sent },
    response: { status: answer.status, headers: pairs(answer.headers), content: { mimeType, text: answer.text } },
  }
}

interface Problem {
  readonly ruleId: string
  readonly message: string
  readonly operationId: string
}

/** What a validating proxy between clients and server would complain about. */
async function validate(document: any, exchanges: readonly Exchange[]): Promise<readonly Problem[]> {
  const server: string = document.servers[0].url
  const [api, traffic, report] = ['openapi.json', 'traffic.har', 'report.json'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ]
  await writeFile(api, JSON.stringify(document))
  await writeFile(
    traffic,
    JSON.stringify({ log: { version: '1.2', entries: exchanges.map((each) => entry(each, server)) } }),
  )
  const options = ['--server', server, '--min-severity', 'warning', '--format', 'json', '--output', report]
  // It ends with an error where it finds something.
  await promisify(execFile)(process.execPath, [program, 'drift', traffic, '--api', api, ...options], {
    cwd: folder,
    env: { ...process.env, ...silent },
  }).catch(() => undefined)
  const { run, problems } = JSON.parse(await readFile(report, 'utf8'))
  assert.equal(run.documentedExchanges, exchanges.length)
  return problems.map(({ ruleId, message, operationId }: Problem) => ({ ruleId, message, operationId }))
}

async function readDocument(app: DemoApp, path: string): Promise<any> {
  return (await app.get(path)).body
}

/** What is found in a run over every operation of every document that is served, in their form with nulls or without. */
async function validateAll(app: DemoApp, form = '') {
  const read = (path: string) => readDocument(app, `${path}${form}`)
  const [devices, partners, clock] = [
    await read('/open-api/device/openapi.json'),
    await read('/openapi.json'),
    await read('/admin/v1/openapi.json'),
  ]
  const ofDevices = await runDeviceExamples(app, devices)
  const ofPartners = await runExamples(app, partners)
  // Moves the clock, by which the others are judged.
  const ofClock = await runExamples(app, clock)
  const problems = [
    ...(await validate(devices, ofDevices)),
    ...(await validate(partners, ofPartners)),
    ...(await validate(clock, ofClock)),
  ]
  return {
    problems,
    ofPartners,
    operations: new Set([...ofDevices, ...ofPartners, ...ofClock].map(({ call }) => call.operationId)),
  }
}

const everyOperation = [...deviceOperations, ...publicOperations, ...adminOperations].map(
  ({ operationId }) => operationId,
)

test('a run over every operation has no exchange against its document', async () => {
  await using app = await openDemoApp()
  const { problems, operations } = await validateAll(app)
  assert.deepEqual(problems, [])
  assert.deepEqual([...operations].sort(), everyOperation.sort())
})

test('nor has one with plain date-times and nulls, which the document of such answers allows and the usual one does not', async () => {
  await using app = await openDemoApp()
  await app.write(({ tx }) =>
    tx
      .update(integrations)
      .set({ dateTimeForm: 'RFC3339', absentValues: 'NULL' })
      .where(eq(integrations.id, app.berlin.integrationId)),
  )
  const { problems, ofPartners } = await validateAll(app, '?absent=null')
  assert.deepEqual(problems, [])
  const isStudio = ({ call }: Exchange) => call.operationId === 'getStudioInformation'
  const found = await validate(await readDocument(app, '/openapi.json'), ofPartners.filter(isStudio))
  assert.ok(found.length > 0, 'nulls are found where they are not declared')
})
