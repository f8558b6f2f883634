import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openTestApp } from '../../../test/support/app.ts'
import { answersLate } from '../../../test/support/late-answers.ts'
import { revokeKeys } from '../../integrations/key-store.ts'
import { Authentication } from './authentication.ts'
import { apiKeys } from './partner-door.ts'

test('a key that is revoked while it is looked up is good for no later request', async () => {
  await using app = await openTestApp()
  const { berlin, platform } = app
  const late = answersLate(platform.database)
  const keys = new Authentication(apiKeys, { ...platform, database: late.database })

  const lookup = keys.findHolder(berlin.key)
  await late.arrived
  await platform.database.transaction(berlin.tenantId, (tx) =>
    revokeKeys(tx, { activationId: berlin.activationId }, platform.real.now()),
  )
  keys.forgetAll()
  late.release()

  assert.ok(await lookup, 'the control: it was good when it was looked up')
  assert.equal(await keys.findHolder(berlin.key), undefined)
})
