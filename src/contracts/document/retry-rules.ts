/** Minutes to wait after the first attempts that failed. */
const waits = [1, 5, 15, 60, 240]
const LATER_MINUTES = 720

/** When a document is tried again after so many attempts: it is owed to its member, so it is never given up. */
export function chooseWaitMinutes(attempts: number): number {
  return waits[attempts - 1] ?? LATER_MINUTES
}
