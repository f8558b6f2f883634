const LONGEST = 35

/** What a mandate is called: unique for a creditor, at most 35 characters, none of them a blank. */
export function mandateReference({
  studioNumber,
  debtorId,
  count,
}: {
  readonly studioNumber: number
  readonly debtorId: string
  /** The first mandate of a customer is 1. */
  readonly count: number
}): string {
  const tail = `-${count}`
  const head = `${studioNumber}-${debtorId.replaceAll(/[^A-Za-z0-9-]/g, '')}`
  return head.slice(0, LONGEST - tail.length) + tail
}
