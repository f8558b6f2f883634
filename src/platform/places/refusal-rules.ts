import type { ShedClass } from '../api/operation.ts'

const patienceMs: Readonly<Record<ShedClass, number>> = { CRITICAL: 5000, NORMAL: 3000, BULK: 1500 }
/** A person stands before the door: better refuse and be asked again than wait longer. */
const DEVICE_PATIENCE_MS = 2000
const RETRY = { least: 1, most: 5 }

/** How long a request may wait altogether, in milliseconds. */
export function getPatience(rank: ShedClass, isDevice: boolean): number {
  return isDevice ? DEVICE_PATIENCE_MS : patienceMs[rank]
}

/** Whether who has `ahead` others before them would wait longer than their patience. Nobody is refused by an unknown rate. */
export function isHopeless(ahead: number, perSecond: number | undefined, patience: number): boolean {
  return perSecond !== undefined && ahead * 1000 > perSecond * patience
}

/** Whole seconds in which a queue drains, spread so that those who are refused do not come back together. */
export function retryAfter(waiting: number, perSecond: number | undefined, random: number): number {
  const drain = perSecond === undefined || perSecond === 0 ? RETRY.least : waiting / perSecond
  return Math.min(RETRY.most, Math.max(RETRY.least, Math.round(drain + 2 * random)))
}
