import { test } from 'node:test'
import { fuzzEverything } from '../support/fuzz/fuzz.ts'

const { PALESTRA_TEST_FUZZ_REQUESTS = '20000', PALESTRA_TEST_FUZZ_SEED } = process.env
const requests = Number(PALESTRA_TEST_FUZZ_REQUESTS)
const seed = PALESTRA_TEST_FUZZ_SEED === undefined ? undefined : Number(PALESTRA_TEST_FUZZ_SEED)

test(`${requests} generated requests: no 5xx, every answer as declared, every refusal catalogued`, () =>
  fuzzEverything(requests, seed))
