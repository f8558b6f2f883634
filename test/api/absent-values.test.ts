import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { eq } from 'drizzle-orm'
import { publicInfo, publicOperations } from '../../src/api.ts'
import { integrations } from '../../src/integrations/tables.ts'
import { openapiDocument } from '../../src/platform/api/openapi.ts'
import type { Operation } from '../../src/platform/api/operation.ts'
import { openTestApp, type TestApp } from '../support/app.ts'
import { boundOperations, listWays, makeContent, makePath, type Named, withBookings } from '../support/calls/calls.ts'
import { withoutNulls } from '../support/declared-answers.ts'
import { insertFullStudio } from '../support/full/full-studio.ts'

let app: TestApp
let named: Named
before(async () => {
  app = await openTestApp()
  named = await withBookings(app, await insertFullStudio(app.platform, app.berlin, { firstId: 3_000_000 }), app.berlin)
})
after(() => app.close())

// The published document, not the code that fills answers, says which fields there are.
const document: any = openapiDocument(publicOperations, publicInfo)

/** Paths of declared fields that an answer does not have. */
function findMissing(schema: any, value: unknown, path: string): readonly string[] {
  if (schema?.$ref) return findMissing(document.components.schemas[schema.$ref.split('/').at(-1)], value, path)
  if (Array.isArray(value)) return value.flatMap((item) => findMissing(schema?.items, item, `${path}[]`))
  if (typeof value !== 'object' || value === null) return []
  const fields = value as Readonly<Record<string, unknown>>
  return Object.entries(schema?.properties ?? {}).flatMap(([name, property]) =>
    name in fields ? findMissing(property, fields[name], `${path}.${name}`) : [`${path}.${name}`],
  )
}

const findSchema = ({ method, path }: Operation, status = 200) => {
  const { responses } = document.paths[path][method.toLowerCase()]
  const answer = responses[status].$ref
    ? document.components.responses[responses[status].$ref.split('/').at(-1)]
    : responses[status]
  return answer.content?.['application/json'].schema
}

/** What only asks; an export makes a new file with every call. */
const isQuestion = ({ method, operationId }: Operation) =>
  (method === 'GET' && operationId !== 'getCustomerDataExport') || /^(?:search|validate)|Preview$/.test(operationId)

/** Distinguishes links by what they lead to. */
const withoutClaims = (text: string) => JSON.parse(text.replaceAll(/\?exp=[^"]*/g, ''))

test('whatever is read has every declared field with absent=null, and says the same as without', async () => {
  let asked = 0
  for (const operation of boundOperations(app).filter(isQuestion)) {
    for (const parts of listWays(operation, named)) {
      const path = makePath(operation, parts)
      const { headers, payload } = { headers: {}, ...makeContent(parts) }
      const ask = (more: object) => app.sendRaw(operation.method, path, { headers: { ...headers, ...more }, payload })
      const usual = await ask({})
      const filled = await ask({ prefer: 'absent=null' })
      assert.deepEqual([usual.status, filled.status], [200, 200], `${operation.operationId}: ${filled.text}`)
      assert.equal(filled.headers['preference-applied'], 'absent=null', operation.operationId)
      assert.deepEqual(findMissing(findSchema(operation), filled.body, operation.operationId), [])
      assert.deepEqual(withoutNulls(withoutClaims(filled.text)), withoutClaims(usual.text), operation.operationId)
      assert.doesNotMatch(usual.text, /:null/, operation.operationId)
      asked += 1
    }
  }
  assert.ok(asked > 60, `${asked}`)
})

test('an answer without nulls has another tag than the one with them', async () => {
  const path = `/v1/customers/${named.customerId}`
  const etag = async (prefer: string) => String((await app.get(path, { headers: { prefer } })).headers['etag'])
  const tags = [await etag('absent=null'), await etag('absent=omit')]
  assert.notEqual(tags[0], tags[1])
  const again = await app.get(path, { headers: { prefer: 'absent=null', 'if-none-match': tags[0] ?? '' } })
  assert.equal(again.status, 304)
})

test('writes and refusals obey the wish, too, also one before the key is known', async () => {
  const prefer = 'absent=null, datetime=rfc3339'
  const bought = await app.post(
    '/v1/online-offers/purchase',
    { onlineOfferId: named.onlineOfferId, customerId: named.customerId },
    { headers: { prefer } },
  )
  assert.equal(bought.headers['preference-applied'], 'datetime=rfc3339, absent=null')
  for (const key of [app.berlin.key, 'unknown']) {
    const { status, body } = await app.get('/v1/customers/1', { headers: { prefer, 'x-api-key': key } })
    assert.ok(status >= 400)
    const error = { $ref: '#/components/schemas/ErrorResponse' }
    assert.deepEqual(findMissing(error, body, 'error'), [])
    assert.equal(body.violations, null)
  }
})

test('the setting of an integration counts where the header says nothing', async () => {
  await using own = await openTestApp()
  const { integrationId } = own.berlin
  await own.write(({ tx }) =>
    tx.update(integrations).set({ absentValues: 'NULL' }).where(eq(integrations.id, integrationId)),
  )
  const usual = await own.get('/v1/studios/information')
  assert.deepEqual([usual.body.logoUrl, usual.headers['preference-applied']], [null, 'absent=null'])
  const omitted = await own.get('/v1/studios/information', { headers: { prefer: 'absent=omit' } })
  assert.deepEqual([omitted.body.logoUrl, omitted.headers['preference-applied']], [undefined, 'absent=omit'])
})
