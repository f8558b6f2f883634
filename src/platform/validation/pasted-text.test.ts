import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cleanPasted } from './pasted-text.ts'

test('what comes along unseen when text is pasted is left out', () => {
  const cases: [string, string][] = [
    ['\u202A+49 30 5550117\u202C', '+49 30 5550117'],
    ['\u2066+49 151\u2069', '+49 151'],
    ['anna\u200B@example.org\uFEFF', 'anna@example.org'],
    ['an\u200Dna@exam\u200Cple.org', 'anna@example.org'],
    ['CHVB1\u00AD-YL29\u2060-MYVA', 'CHVB1-YL29-MYVA'],
    ['\u200B', ''],
    [' \u200E Mara \u200F ', 'Mara'],
    ['Zoe\u0308', 'Zo\u00EB'],
    ['4\uFE0F', '4'],
  ]
  for (const [pasted, meant] of cases) assert.equal(cleanPasted(pasted), meant)
})

test('joiners stay between the letters of scripts that write with them, and nowhere else', () => {
  for (const name of ['\u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645', '\u0915\u094D\u200D\u0937'])
    assert.equal(cleanPasted(name), name)
  assert.equal(cleanPasted('\u0645\u200C'), '\u0645')
  assert.equal(cleanPasted('\u200D\u0645'), '\u0645')
  assert.equal(cleanPasted('\u0645\u200C\u200C\u062E'), '\u0645\u062E')
})
