import { and, eq } from 'drizzle-orm'
import type { Tx } from '../platform/database/database.ts'
import { paymentInstruments } from './tables.ts'

/** Takes holder, account and signature out of all instruments of a customer and puts them out of use. */
export async function blankInstruments(tx: Tx, customerId: number, now: Temporal.Instant) {
  await tx
    .update(paymentInstruments)
    .set({
      state: 'REPLACED',
      isRunDefault: false,
      usableInShop: false,
      tokenSha256: null,
      holder: null,
      accountEnc: null,
      accountHmac: null,
      accountPartHmac: null,
      bic: null,
      bank: null,
      brand: null,
      last4: null,
      expiry: null,
      signatureFileId: null,
      updatedAt: now,
    })
    .where(eq(paymentInstruments.customerId, customerId))
}

/** Puts the instruments of a customer that may be charged out of use; answers which these were. */
export async function invalidateInstrumentRows(tx: Tx, customerId: number, now: Temporal.Instant): Promise<number[]> {
  const rows = await tx
    .update(paymentInstruments)
    .set({ state: 'INVALID', isRunDefault: false, usableInShop: false, updatedAt: now })
    .where(and(eq(paymentInstruments.customerId, customerId), eq(paymentInstruments.state, 'ACTIVE')))
    .returning({ id: paymentInstruments.id })
  return rows.map(({ id }) => id)
}

export async function deleteInstruments(tx: Tx, customerId: number) {
  await tx.delete(paymentInstruments).where(eq(paymentInstruments.customerId, customerId))
}
