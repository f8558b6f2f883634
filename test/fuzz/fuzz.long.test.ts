import { test } from 'node:test'
import { fuzzEverything } from '../support/fuzz/fuzz.ts'

test('20 000 generated requests: no 5xx, every answer as declared, every refusal catalogued', () =>
  fuzzEverything(20_000))
