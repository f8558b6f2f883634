import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type DemoApp, openDemoApp } from '../../../test/support/demo-app.ts'

let app: DemoApp
before(async () => {
  app = await openDemoApp()
})
after(() => app.close())

const readBenefits = ({ body }: { body: any }) =>
  body.map(({ key, valid, used, amount, reason }: any) => [key, valid, used, amount, reason])

test('Edgar has used two of his five, by id and by card, and uses one more', async () => {
  const twoOfFive = [['BENEFIT_KEY', true, 2, 5, undefined]]
  assert.deepEqual(readBenefits(await app.get('/v1/customers/1001/benefits')), twoOfFive)
  assert.deepEqual(
    readBenefits(await app.get('/v1/customers/benefits?cardNumber=1290158199&key=BENEFIT_KEY')),
    twoOfFive,
  )
  const used = await app.post('/v1/customers/1001/benefits/BENEFIT_KEY/use', undefined)
  assert.equal(used.status, 200, used.text)
  assert.deepEqual(readBenefits(await app.get('/v1/customers/1001/benefits')), [['BENEFIT_KEY', true, 3, 5, undefined]])
})

test('who pauses, is kept out or has no contract cannot use it; a member of Hamburg can, as a guest', async () => {
  const findReason = async (id: number) => readBenefits(await app.get(`/v1/customers/${id}/benefits`))[0][4]
  assert.deepEqual(await Promise.all([1005, 1004, 1002, 1006].map(findReason)), [
    'IDLE_PERIOD',
    'ACCESS_RESTRICTED',
    'NO_ACTIVE_CONTRACT',
    undefined,
  ])
})
