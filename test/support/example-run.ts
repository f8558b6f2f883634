import { deviceOperations, publicOperations } from '../../src/api.ts'
import { demoToken, shakeBar, turnstile } from '../../src/demo/access/devices.ts'
import { idleReason } from '../../src/demo/house/catalogue.ts'
import { inboundKey } from '../../src/demo/house/keys.ts'
import { type RawRequest, TEST_NOW, type TestAnswer, type TestApp } from './app.ts'
import { makeContent, makePath } from './calls/calls.ts'
import type { DemoApp } from './demo-app.ts'
import { type ExampleCall, listExampleCalls } from './example-calls.ts'
import { makeForm, tinyPdf, tinyPng } from './multipart.ts'

/** An example as it was sent, and what came back. */
export interface Exchange {
  readonly call: ExampleCall
  readonly path: string
  readonly request: RawRequest
  readonly answer: TestAnswer
}

const today = Temporal.PlainDate.from(TEST_NOW.slice(0, 10))

/** What a visitor chooses in the form of an upload. */
const data = (wish: object) => makeForm([{ name: 'data', type: 'application/json', content: JSON.stringify(wish) }])
const chosen: Readonly<Record<string, RawRequest>> = {
  createIdlePeriodAmendment: data({
    startDate: today.add({ months: 1 }).with({ day: 1 }).toString(),
    temporalUnit: 'MONTH',
    termValue: 1,
    reasonId: idleReason.vacation,
  }),
  updateIdlePeriod: data({ startDate: today.add({ days: 60 }).toString(), reasonId: idleReason.pregnancy }),
  updateImage: makeForm([{ name: 'image', fileName: 'face.png', type: 'image/png', content: tinyPng }]),
  uploadDocument: makeForm([{ name: 'file', fileName: 'form.pdf', type: 'application/pdf', content: tinyPdf }]),
}

/** The body of an example and its type. */
export const exampleContent = ({ operationId, parts }: ExampleCall): RawRequest =>
  chosen[operationId] ?? makeContent(parts)

/** Agencies have a key of their own; all else is asked with the key that the page of the reference fills in. */
function chooseCaller({ berlin }: DemoApp, operationId: string) {
  const { scopes = [] } = publicOperations.find((each) => each.operationId === operationId) ?? {}
  const isOfAgency = scopes.some((scope) => scope.startsWith('DEBT_COLLECTION'))
  return isOfAgency ? { ...berlin, key: inboundKey('demoBerlinAgency') } : berlin
}

type Document = Parameters<typeof listExampleCalls>[0]

/** Sends every example of a document for partners to a demo that has just been started. */
export async function runExamples(app: DemoApp, document: Document) {
  // As in the first seconds of a server, which write the files that wait.
  await app.app.scheduler.runDue(app.berlin.tenantId)
  const exchanges: Exchange[] = []
  for (const call of listExampleCalls(document)) {
    const path = makePath(call, call.parts)
    const as = chooseCaller(app, call.operationId)
    const request = { as, ...exampleContent(call) }
    exchanges.push({ call, path, request, answer: await app.sendRaw(call.method, path, request) })
  }
  return exchanges
}

/** A token for each model of device, by the scope that its operations ask for. */
export async function issueTokens(app: TestApp): Promise<Readonly<Record<string, string>>> {
  const { body } = await app.put('/v1/devices/28/activate')
  return {
    GENERIC_CARD_READER: demoToken(turnstile),
    GENERIC_VENDING_READER: demoToken(shakeBar),
    GENERIC_TIME_READER: body.accessToken,
  }
}

/** Sends every example of the document for devices, each from a device of its model. */
export async function runDeviceExamples(app: TestApp, document: Document) {
  const tokens = await issueTokens(app)
  const exchanges: Exchange[] = []
  for (const call of listExampleCalls(document)) {
    const [scope = ''] = deviceOperations.find((each) => each.operationId === call.operationId)?.scopes ?? []
    const path = makePath(call, call.parts)
    const { headers, payload } = makeContent(call.parts)
    const request = { headers: { ...headers, authorization: `Bearer ${tokens[scope]}` }, payload }
    exchanges.push({ call, path, request, answer: await app.sendRaw(call.method, path, request) })
  }
  return exchanges
}
