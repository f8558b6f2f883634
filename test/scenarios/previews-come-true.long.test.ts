import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { tellLives, type ToldLives } from '../support/lives/story.ts'
import { assertMoneyWhole } from '../support/scenes/money-whole.ts'

// Two years of random members: PALESTRA_SIGNUPS says how many, PALESTRA_SEED repeats a story.

const count = Number(process.env['PALESTRA_SIGNUPS'] ?? 60)
const seed = Number(process.env['PALESTRA_SEED'] ?? Math.floor(Math.random() * 2 ** 31))

let told: ToldLives
before(async () => {
  console.log(`PALESTRA_SEED=${seed} PALESTRA_SIGNUPS=${count}`)
  told = await tellLives({ count, seed })
  console.log(told.tally())
})
// Undefined where the story could not be told to its end.
after(() => (told as ToldLives | undefined)?.world.app.close())

test('what the preview of a sign-up showed is what is charged, cent for cent, where nothing was changed', async () => {
  assert.deepEqual(await told.listBrokenPreviews(), [])
})

test('what the account listed as to come after the last change was booked with the same ids, days and amounts', async () => {
  assert.deepEqual(await told.listBrokenPromises(), [])
})

test('what is booked and waits is what the contract wants, in every period', async () => {
  assert.deepEqual(await told.listDrifted(), [])
})

test('what holds of money holds', () => assertMoneyWhole(told.world.app))
