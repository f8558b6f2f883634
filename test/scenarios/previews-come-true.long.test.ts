import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { liveThrough, type LivedStory } from '../support/lives/story.ts'
import { assertMoneyWhole } from '../support/scenes/money-whole.ts'

// Two years of random members: PALESTRA_SIGNUPS says how many, PALESTRA_SEED repeats a story.

const count = Number(process.env['PALESTRA_SIGNUPS'] ?? 60)
const seed = Number(process.env['PALESTRA_SEED'] ?? Math.floor(Math.random() * 2 ** 31))

let story: LivedStory
before(async () => {
  console.log(`PALESTRA_SEED=${seed} PALESTRA_SIGNUPS=${count}`)
  story = await liveThrough({ count, seed })
  console.log(story.tally())
})
// Undefined where the story broke off.
after(() => (story as LivedStory | undefined)?.world.app.close())

test('what the preview of a sign-up showed is what is charged, cent for cent, where nothing was changed', async () => {
  assert.deepEqual(await story.listBrokenPreviews(), [])
})

test('what the account listed as to come after the last change was booked with the same ids, days and amounts', async () => {
  assert.deepEqual(await story.listBrokenPromises(), [])
})

test('what is booked and waits is what the contract wants, in every period', async () => {
  assert.deepEqual(await story.listDrifted(), [])
})

test('what holds of money holds', () => assertMoneyWhole(story.world.app))
