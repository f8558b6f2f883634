import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { TestApp } from '../support/app.ts'
import { approveOne, openPage } from '../support/scenes/reveal-scene.ts'
import { openTwoApps } from '../support/two-apps.ts'
import { runUnlocked } from '../support/unlocked.ts'

/** Presses the button `times` at once, at these applications in turn; answers the statuses, sorted. */
async function press(apps: readonly [TestApp, ...TestApp[]], times: number) {
  const { path, key } = await approveOne(apps[0])
  const answers = await Promise.all(
    Array.from({ length: times }, (_, n) => openPage(apps[n % apps.length] ?? apps[0], 'POST', path)),
  )
  for (const { status, text } of answers) assert.equal(text.includes(key), status === 200)
  return answers.map(({ status }) => status).sort((a, b) => a - b)
}

test('of several who press the button at once, at two processes, one sees the keys', async () => {
  const [one, two, all] = await openTwoApps()
  await using _ = all
  for (let turn = 0; turn < 3; turn++) {
    assert.deepEqual(await press([one, two], 2), [200, 410])
    assert.deepEqual(await press([one, two], 6), [200, 410, 410, 410, 410, 410])
  }
})

test('control: without the lock both see them', async () => {
  await runUnlocked({ pauseBefore: /^update "key_reveals"/ }, async (app) => {
    assert.deepEqual(await press([app], 2), [200, 200])
  })
})
