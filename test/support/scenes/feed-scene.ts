import assert from 'node:assert/strict'
import { eq } from 'drizzle-orm'
import { studios } from '../../../src/studios/tables.ts'
import type { TestApp } from '../app.ts'
import { type ReadCalendar, readICalendar } from '../icalendar.ts'
import type { TestStudio } from './world.ts'

export interface MadeFeed {
  readonly id: number
  readonly url: string
  /** As a calendar app asks for it. */
  readonly path: string
}

/** What things may have a calendar: `classes/1001`, `employees/101`, `bookings/2033`. */
export type FeedSubject = `${'classes' | 'employees' | 'bookings'}/${number}`

/** The short words in which tests of calendars are written. */
export function feedScene(app: TestApp) {
  /** As a calendar app does, without a key. */
  const fetchPath = async (path: string, headers: Record<string, string> = {}, method: 'GET' | 'HEAD' = 'GET') => {
    const answer = await app.app.server.inject({ method, url: path, headers })
    return { status: answer.statusCode, text: answer.body, headers: answer.headers }
  }
  return {
    fetchPath,
    /** Where the studio is found, from then on. */
    settle: () => {
      const address = { street: 'Lindenallee', houseNumber: '12', zip: '10435', city: 'Berlin' }
      return app.write(({ tx }) => tx.update(studios).set(address).where(eq(studios.id, app.berlin.studioId)))
    },
    make: async (of: FeedSubject, as?: TestStudio): Promise<MadeFeed> => {
      const { status, body, text } = await app.post(`/ext/v1/${of}/calendar-feeds`, undefined, as ? { as } : {})
      assert.equal(status, 200, text)
      return { id: body.id, url: body.url, path: new URL(body.url).pathname }
    },
    read: async ({ path }: MadeFeed): Promise<ReadCalendar> => {
      const { status, text } = await fetchPath(path)
      assert.equal(status, 200, text)
      return readICalendar(text)
    },
    fetchStatus: async ({ path }: MadeFeed) => (await fetchPath(path)).status,
  }
}
