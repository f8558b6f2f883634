import { eq } from 'drizzle-orm'
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

export async function deleteInstruments(tx: Tx, customerId: number) {
  await tx.delete(paymentInstruments).where(eq(paymentInstruments.customerId, customerId))
}
