import { openTestApp, type TestApp, type TestAppOptions } from './app.ts'

/** A second process on the database of `app`, with the same world: what one commits, the other must see. */
export function openSecondApp(
  app: TestApp,
  options: Pick<TestAppOptions, 'environment' | 'real'> = {},
): Promise<TestApp> {
  const database = { url: app.url, drop: async () => {}, [Symbol.asyncDispose]: async () => {} }
  const { berlin, hamburg, stranger } = app
  return openTestApp({ ...options, database, world: { berlin, hamburg, stranger } })
}
