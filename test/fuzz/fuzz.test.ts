import { test } from 'node:test'
import { fuzzEverything } from '../support/fuzz/fuzz.ts'

test('2000 generated requests: no 5xx, every answer as declared, every refusal catalogued', () => fuzzEverything(2_000))
