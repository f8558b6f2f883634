import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import {
  countTraits,
  judgePreviews,
  judgePromises,
  listDrifted,
  listMissing,
  type Verdict,
} from '../support/lives/judging.ts'
import { liveThrough, type LivedStory } from '../support/lives/story.ts'
import { assertMoneyWhole } from '../support/scenes/money-whole.ts'

// Two years of random members: PALESTRA_SIGNUPS says how many, PALESTRA_SEED repeats a story.

const count = Number(process.env['PALESTRA_SIGNUPS'] ?? 60)
const seed = Number(process.env['PALESTRA_SEED'] ?? Math.floor(Math.random() * 2 ** 31))

let story: LivedStory
before(async () => {
  console.log(`PALESTRA_SEED=${seed} PALESTRA_SIGNUPS=${count}`)
  story = await liveThrough({ count, seed, report: count < 500 ? async () => {} : report })
  console.log(countTraits(story))
})
// Undefined where the story broke off.
after(() => (story as LivedStory | undefined)?.world.app.close())

async function report(soFar: LivedStory, day: number) {
  const { lives, broken, repairs } = soFar
  console.log(`day ${day}: ${lives.length} members, ${[...broken, ...repairs].length} faults`)
  show('  previews', await judgePreviews(soFar))
  show('  upcoming charges', await judgePromises(soFar))
}

function show(what: string, { signUps, charges, centsApart }: Verdict) {
  console.log(`${what}: ${charges} charges of ${signUps} sign-ups compared, ${centsApart} cents apart`)
}

function assertKept(what: string, verdict: Verdict) {
  show(what, verdict)
  assert.deepEqual(verdict.faults, [])
}

test('everything that members can sign and change has come at least once', () => {
  assert.deepEqual(listMissing(story), [])
})

test('what was signed and changed is what was shown just before', () => {
  assert.deepEqual(story.broken, [])
})

test('what the preview of a sign-up showed is what is charged, cent for cent, where nothing was changed', async () => {
  assertKept('previews', await judgePreviews(story))
})

test('what the account listed as to come after the last change was booked with the same ids, days and amounts', async () => {
  assertKept('upcoming charges', await judgePromises(story))
})

test('what is booked and waits is what the contract wants, in every period', async () => {
  assert.deepEqual(await listDrifted(story), [])
})

test('no billing run has had to put a charge right', () => {
  assert.deepEqual(story.repairs, [])
})

test('what holds of money holds', () => assertMoneyWhole(story.world.app))
