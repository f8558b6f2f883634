import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { deviceOperations, publicOperations } from '../../src/api.ts'
import { demoExamples } from '../../src/demo/document-examples.ts'
import { describeDevices, describePublic } from '../../src/documents.ts'
import { openapiDocument } from '../../src/platform/api/openapi.ts'
import { TEST_NOW } from '../support/app.ts'
import { type DemoApp, openDemoApp } from '../support/demo-app.ts'
import { runDeviceExamples, runExamples } from '../support/example-run.ts'

type Node = Readonly<Record<string, any>>

const today = Temporal.PlainDate.from(TEST_NOW.slice(0, 10))
const examples = demoExamples(today)
const document: Node = openapiDocument(publicOperations, describePublic(today))
const deviceDocument: Node = openapiDocument(deviceOperations, describeDevices)

/** Operations whose example cannot succeed, with the reason. */
const unanswered: Readonly<Record<string, string>> = {
  getHold: 'a hold lasts for ten minutes, so none is there before one was made',
  releaseHold: 'as for getHold',
  updateDebtCollection: 'cases and debts have a uuid of their own in each installation',
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

test('the devices of the demo answer every example of their document', async () => {
  for (const { call, answer } of await runDeviceExamples(app, deviceDocument)) {
    assert.ok([200, 204].includes(answer.status), `${call.operationId}: ${answer.text}`)
  }
})

test('the demo answers the examples of the document', async () => {
  const exchanges = await runExamples(app, document)
  const refused = Object.fromEntries(
    exchanges
      .filter(({ answer: { status } }) => status < 200 || status > 299)
      .map(({ call, answer }) => [call.operationId, answer.text]),
  )
  assert.deepEqual(Object.keys(refused).sort(), Object.keys(unanswered).sort(), JSON.stringify(refused, null, 2))
  assert.ok(Object.keys(refused).length <= exchanges.length * 0.05, 'at least 95 of 100 are answered')
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
