import { openTestApp, type TestApp } from './app.ts'
import { testDatabase } from './database.ts'

/** Two processes would share nothing but the database; two applications in one do neither. */
export async function openTwoApps(): Promise<[TestApp, TestApp, AsyncDisposable]> {
  const database = await testDatabase()
  const one = await openTestApp({ database })
  const two = await openTestApp({ database, world: one })
  const close = async () => {
    await two.close()
    await one.close()
    await database.drop()
  }
  return [one, two, { [Symbol.asyncDispose]: close }]
}
