import assert from 'node:assert/strict'
import { test } from 'node:test'
import { defaultConfig, planPreferences } from './preference-rules.ts'

test('without configuration advertising is off and contract messages cannot be switched off', () => {
  const on = defaultConfig.filter((row) => row.defaultActive).map((row) => `${row.category} ${row.channel}`)
  assert.deepEqual(on, [
    'CONTRACT LETTER',
    'CONTRACT EMAIL',
    'GENERAL EMAIL',
    'APPOINTMENT EMAIL',
    'APPOINTMENT TEXT_MESSAGE',
  ])
  const fixed = defaultConfig.filter((row) => !row.customerOverridable)
  assert.deepEqual(
    fixed.map((row) => `${row.category} ${row.channel}`),
    ['CONTRACT LETTER', 'CONTRACT EMAIL'],
  )
})

test('a stated choice is stored, also when it equals the default; a fixed value is not', () => {
  const plan = planPreferences(
    [
      { messageCategory: 'NEWSLETTER', channels: [{ communicationChannel: 'EMAIL', active: true }] },
      {
        messageCategory: 'GENERAL',
        channels: [{ communicationChannel: 'EMAIL', active: true }, { communicationChannel: 'LETTER' }],
      },
      { messageCategory: 'CONTRACT', channels: [{ communicationChannel: 'EMAIL', active: true }] },
      { messageCategory: 'APPOINTMENT' },
    ],
    defaultConfig,
  )
  assert.deepEqual(plan, [
    { category: 'NEWSLETTER', channel: 'EMAIL', active: true, before: false },
    { category: 'GENERAL', channel: 'EMAIL', active: true, before: true },
  ])
})

test('the first refusal names its field', () => {
  const email = { communicationChannel: 'EMAIL', active: false } as const
  const refused = (...wishes: Parameters<typeof planPreferences>[0]) => planPreferences(wishes, defaultConfig)
  assert.deepEqual(refused({ messageCategory: 'GENERAL' }, { channels: [email] }), {
    reason: 'CATEGORY_MISSING',
    reference: '[1].messageCategory',
  })
  assert.deepEqual(refused({ messageCategory: 'GENERAL', channels: [email, email] }), {
    reason: 'DUPLICATE',
    reference: '[0].channels[1].communicationChannel',
  })
  assert.deepEqual(refused({ messageCategory: 'CONTRACT', channels: [email] }), {
    reason: 'NOT_OVERRIDABLE',
    reference: '[0].channels[0].active',
    category: 'CONTRACT',
    channel: 'EMAIL',
  })
  assert.deepEqual(
    refused({ messageCategory: 'GENERAL', channels: [{ communicationChannel: 'FAX', active: false }] }),
    { reason: 'CHANNEL_NOT_AVAILABLE', reference: '[0].channels[0].communicationChannel', channel: 'FAX' },
  )
})
