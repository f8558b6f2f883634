import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openTestApp, type TestApp } from '../../test/support/app.ts'
import {
  approveActivation,
  endActivation,
  requestActivation,
  resumeActivation,
  suspendActivation,
} from './activations.ts'
import { createIntegration } from './integrations.ts'
import { importKey, issueKey, listKeys, revealWebhookKey, revokeKey, rotateKey } from './keys.ts'
import { judgeActivationStep } from './activation-rules.ts'
import { isImportableKey, planRotation } from './key-rules.ts'

let app: TestApp
let integrationId: number

before(async () => {
  app = await openTestApp()
  integrationId = await app.write((work) =>
    createIntegration(work, { name: 'New', requestedScopes: ['STUDIO_READ'], webhookAccess: true }),
  )
})
after(() => app.close())

const deps = () => ({ secrets: app.platform.secrets, realNow: app.platform.real.now(), publicUrl: '' })
const request = (studioId = 123) => app.write((work) => requestActivation(work, { integrationId, studioId }))
const statusWith = async (key: string) => (await app.get('/v1/studios/tags', { as: { ...app.berlin, key } })).status

test('a rotation leaves at most the newest key alive', () => {
  const usable = [{ id: 1 }, { id: 2 }]
  assert.deepEqual(planRotation(usable, 7), { revokeAtOnce: [1], expireLater: [2] })
  assert.deepEqual(planRotation(usable, 0), { revokeAtOnce: [1, 2], expireLater: [] })
  assert.deepEqual(planRotation([], 7), { revokeAtOnce: [], expireLater: [] })
})

test('foreign keys of 8 to 256 printable characters can be taken over', () => {
  const accepted = ['a'.repeat(8), 'a'.repeat(256), '!~abcdef']
  const refused = ['a'.repeat(7), 'a'.repeat(257), 'abc defgh', 'schlüssel']
  assert.ok(accepted.every(isImportableKey))
  assert.ok(!refused.some(isImportableKey))
})

test('an ended activation stays ended', () => {
  assert.equal(judgeActivationStep('ENDED', 'ACTIVE'), 'REFUSED')
  assert.equal(judgeActivationStep('REQUESTED', 'SUSPENDED'), 'REFUSED')
  assert.equal(judgeActivationStep('SUSPENDED', 'ACTIVE'), 'ALLOWED')
})

test('an approved activation opens the door, a suspended and an ended one close it', async () => {
  const activationId = await request()
  const { inbound, webhook } = await app.write((work) => approveActivation(work, activationId, deps()))
  assert.match(inbound.key, /^pal_in_[0-9A-Za-z]{40}$/)
  assert.match(webhook?.key ?? '', /^pal_wh_[0-9A-Za-z]{40}$/)
  assert.equal(await statusWith(inbound.key), 200)
  assert.equal(await statusWith(webhook?.key ?? ''), 401)
  assert.equal(await app.write((work) => revealWebhookKey(work, activationId, deps())), webhook?.key)
  await app.write((work) => suspendActivation(work, activationId))
  await untilStatus(inbound.key, 401)
  await assert.rejects(
    app.write((work) => approveActivation(work, activationId, deps())),
    { code: 'errormessage.activation.statusTransition' },
  )
  await app.write((work) => resumeActivation(work, activationId))
  await untilStatus(inbound.key, 200)
  await app.write((work) => endActivation(work, activationId, app.platform.real.now()))
  await untilStatus(inbound.key, 401)
  await assert.rejects(
    app.write((work) => issueKey(work, activationId, 'INBOUND', deps())),
    { code: 'errormessage.activation.notFound' },
  )
})

test('both keys of a rotation work, a third is refused and a revoked one is dead', async () => {
  const activationId = await request()
  const first = (await app.write((work) => approveActivation(work, activationId, deps()))).inbound
  const second = await app.write((work) => rotateKey(work, activationId, { kind: 'INBOUND' }, deps()))
  assert.deepEqual([await statusWith(first.key), await statusWith(second.key)], [200, 200])
  await assert.rejects(
    app.write((work) => issueKey(work, activationId, 'INBOUND', deps())),
    { code: 'errormessage.apiKey.limitReached' },
  )
  const keys = await app.read((view) => listKeys(view, activationId))
  const left =
    keys
      .find(({ id }) => id === first.keyId)
      ?.expiresAt?.since(deps().realNow)
      .total('hours') ?? 0
  assert.ok(Math.abs(left - 7 * 24) < 1, String(left))
  const third = await app.write((work) => rotateKey(work, activationId, { kind: 'INBOUND', graceDays: 0 }, deps()))
  await untilStatus(second.key, 401)
  await untilStatus(first.key, 401)
  assert.equal(await statusWith(third.key), 200)
  await app.write((work) => revokeKey(work, third.keyId, deps().realNow))
  await untilStatus(third.key, 401)
  await assert.rejects(
    app.write((work) => rotateKey(work, activationId, { kind: 'INBOUND', graceDays: 91 }, deps())),
    { code: 'errormessage.validation.max' },
  )
  await app.write((work) => endActivation(work, activationId, deps().realNow))
})

test('parallel issues never leave more than two valid keys', async () => {
  const activationId = await request()
  await app.write((work) => approveActivation(work, activationId, deps()))
  const issued = await Promise.allSettled(
    Array.from({ length: 6 }, () => app.write((work) => issueKey(work, activationId, 'INBOUND', deps()))),
  )
  assert.equal(issued.filter(({ status }) => status === 'fulfilled').length, 1)
})

test('a key that is brought along works as it is', async () => {
  const activationId = await request(124)
  await app.write((work) => approveActivation(work, activationId, deps()))
  await app.write((work) => importKey(work, activationId, { kind: 'INBOUND', key: 'brought-along' }, deps()))
  assert.equal(await statusWith('brought-along'), 200)
})

/** Other processes receive a notification of a change, so it takes effect a moment later. */
async function untilStatus(key: string, wanted: number) {
  for (let attempt = 0; attempt < 100; attempt++) {
    if ((await statusWith(key)) === wanted) return
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  assert.fail(`the key is still not answered with ${wanted}`)
}
