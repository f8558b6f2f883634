import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { publicOperations } from '../../src/api.ts'
import { demoExamples } from '../../src/demo/document-examples.ts'
import { idleReason } from '../../src/demo/house/catalogue.ts'
import { inboundKey } from '../../src/demo/house/keys.ts'
import { describePublic } from '../../src/documents.ts'
import { openapiDocument } from '../../src/platform/api/openapi.ts'
import { type RawRequest, TEST_NOW } from '../support/app.ts'
import { type DemoApp, openDemoApp } from '../support/demo-app.ts'
import { makeForm, tinyPdf, tinyPng } from '../support/multipart.ts'

type Node = Readonly<Record<string, any>>

const today = Temporal.PlainDate.from(TEST_NOW.slice(0, 10))
const examples = demoExamples(today)
const document: Node = openapiDocument(publicOperations, describePublic(today))

/** Operations whose example cannot succeed, with the reason. */
const unanswered: Readonly<Record<string, string>> = {
  getHold: 'a hold lasts for ten minutes, so none is there before one was made',
  releaseHold: 'as for getHold',
  revokeCalendarFeed: 'an address is secret, so none is planted that all know',
  getExport: 'the file of the demo has an id of its own in each installation',
  getDebtCollectionCases: 'debtors have numbers of their own in each installation',
  updateDebtCollection: 'as for getDebtCollectionCases',
  switchMembership: 'the first fee is due on signing, and no payer has authorised a payment of it',
  postOnlineOfferPurchase: 'the price of the pass is due at once, and no payer has authorised a payment of it',
  createContractCancelationAmendment: 'to which days a contract can be canceled stands in its data',
  createModuleContractCancelationAmendment: 'as for createContractCancelationAmendment',
  withdrawContractCancelation: 'nobody has canceled the contract before',
  withdrawAdditionalModuleContractCancelation: 'nobody has canceled the module before',
}

let app: DemoApp
before(async () => {
  app = await openDemoApp()
})
after(() => app.close())

interface Example {
  readonly operationId: string
  readonly method: string
  readonly path: string
  readonly body: unknown
}

/** The call of an operation as a form sends it that was opened and not filled in. */
function exampleCall(path: string, method: string, entry: Node): Example {
  const given = (place: string) => entry['parameters'].filter((each: Node) => each['in'] === place && 'example' in each)
  const filled = given('path').reduce(
    (text: string, each: Node) => text.replace(`{${each['name']}}`, each['example']),
    path,
  )
  const query = new URLSearchParams(given('query').map((each: Node) => [each['name'], String(each['example'])]))
  const body = entry['requestBody']?.content['application/json']?.example
  return { operationId: entry['operationId'], method, path: query.size > 0 ? `${filled}?${query}` : filled, body }
}

/** What only reads comes first, what takes away last. */
const order = ['get', 'post', 'put', 'delete']
const calls = Object.entries(document['paths'] as Node)
  .flatMap(([path, methods]) =>
    Object.entries(methods as Node).map(([method, entry]) => exampleCall(path, method, entry)),
  )
  .sort((a, b) => order.indexOf(a.method) - order.indexOf(b.method))

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

/** Agencies have a key of their own; all else is asked with the key that the page of the reference fills in. */
function callerOf(operationId: string) {
  const { scopes = [] } = publicOperations.find((each) => each.operationId === operationId) ?? {}
  const isOfAgency = scopes.some((scope) => scope.startsWith('DEBT_COLLECTION'))
  return isOfAgency ? { ...app.berlin, key: inboundKey('demoBerlinAgency') } : app.berlin
}

test('the demo answers the examples of the document', async () => {
  const refused: Record<string, string> = {}
  for (const { operationId, method, path, body } of calls) {
    const upload = chosen[operationId]
    const answer = upload
      ? await app.sendRaw(method.toUpperCase(), path, upload)
      : await app.call(method.toUpperCase(), path, {
          as: callerOf(operationId),
          ...(body === undefined ? {} : { body }),
        })
    if (answer.status < 200 || answer.status > 299) refused[operationId] = answer.text
  }
  assert.deepEqual(Object.keys(refused).sort(), Object.keys(unanswered).sort(), JSON.stringify(refused, null, 2))
  assert.ok(Object.keys(refused).length <= calls.length * 0.08, 'at least 92 of 100 are answered')
})

test('a form sends no header and no filter that nobody asked for', () => {
  const entries = Object.values(document['paths'] as Node).flatMap((methods) =>
    Object.values(methods as Node),
  ) as Node[]
  for (const { operationId, parameters } of entries) {
    for (const { name, required, example, schema } of parameters.filter((each: Node) => 'name' in each)) {
      const isAsked = required || name in (examples.operations[operationId] ?? {})
      assert.equal(example !== undefined && !isAsked, false, `${operationId} ${name}`)
      assert.equal(schema?.examples, undefined, `${operationId} ${name}`)
    }
  }
  for (const parameter of Object.values(document['components'].parameters as Node)) {
    assert.equal((parameter as Node)['schema'].examples ?? (parameter as Node)['example'], undefined)
  }
})
