import { randomBytes } from 'node:crypto'
import { calendarFeeds } from '../../calendar-feeds/tables.ts'
import { missionBeachBody } from '../planning/classes.ts'
import { plant, type Planting } from '../planting.ts'
import { demoAppInBerlin } from './chain.ts'

/** A link to the dates of the first class. Its address is secret, so that it can be listed and revoked only. */
export const demoFeed = 9701

export async function plantCalendarFeed(planting: Planting) {
  const tokenHash = planting.platform.secrets.hash('feed-token', randomBytes(32).toString('base64url'))
  await plant(planting, calendarFeeds, [
    { id: demoFeed, activationId: demoAppInBerlin, tokenHash, classId: missionBeachBody.id },
  ])
}
