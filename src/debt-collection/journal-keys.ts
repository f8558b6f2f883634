import { randomUUID } from 'node:crypto'

/** A journal key for a movement whose repetition is ruled out before: by the state that the agency has reported. */
export const newKey = () => `collection:${randomUUID()}`
