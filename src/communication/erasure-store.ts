import { eq } from 'drizzle-orm'
import type { Tx } from '../platform/database/database.ts'
import { communications, communicationThreads, consentLog, customerCommPreferences } from './tables.ts'

export async function deleteConversations(tx: Tx, customerId: number) {
  await tx.delete(communications).where(eq(communications.customerId, customerId))
  await tx.delete(communicationThreads).where(eq(communicationThreads.customerId, customerId))
}

export async function deletePreferences(tx: Tx, customerId: number) {
  await tx.delete(customerCommPreferences).where(eq(customerCommPreferences.customerId, customerId))
}

export async function deleteConsentLines(tx: Tx, customerId: number) {
  await tx.delete(consentLog).where(eq(consentLog.customerId, customerId))
}
