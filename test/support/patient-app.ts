import { setTimeout as sleep } from 'node:timers/promises'
import type { TestAnswer, TestApp } from './app.ts'

const WAIT_MS = 500
const TRIES = 100

/** An application whose callers ask again where they are refused because it is busy, as clients do. */
export function patient(app: TestApp): TestApp {
  const again =
    <Args extends readonly unknown[]>(ask: (...args: Args) => Promise<TestAnswer>) =>
    async (...args: Args) => {
      for (let tries = 0; ; tries++) {
        const answer = await ask(...args)
        if (answer.status !== 503 || tries === TRIES) return answer
        await sleep(WAIT_MS)
      }
    }
  return { ...app, get: again(app.get), post: again(app.post), sendRaw: again(app.sendRaw) }
}
