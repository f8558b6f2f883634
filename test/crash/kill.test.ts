import { test } from 'node:test'
import {
  bundledGround,
  externalGround,
  killDatabase,
  killServer,
  reportFigures,
  runCrashRounds,
} from '../support/crash/rounds.ts'

const ROUNDS = Number(process.env['PALESTRA_CRASH_ROUNDS'] ?? 20)

test(`${ROUNDS} times the server is killed while it writes: nothing lost, nothing half done`, async () => {
  await using ground = await externalGround()
  reportFigures('kill -9 of the server', await runCrashRounds(ground, killServer, ROUNDS))
})

test(`${ROUNDS} times the server is killed and leaves its bundled database behind: the next one takes it over`, async () => {
  await using ground = await bundledGround()
  reportFigures('kill -9 of the server with bundled database', await runCrashRounds(ground, killServer, ROUNDS))
})

test(`${ROUNDS} times the database is killed under the server: it recovers, nothing lost, nothing half done`, async () => {
  await using ground = await bundledGround()
  reportFigures('kill -9 of the database', await runCrashRounds(ground, killDatabase, ROUNDS))
})
