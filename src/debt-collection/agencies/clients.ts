import { notFound } from '../../platform/errors/errors.ts'
import type { Queryable } from '../../platform/database/database.ts'
import type { ClientSnapshot } from '../runs/snapshot-facts.ts'
import { findClient } from './agency-store.ts'

/** A studio as an agency reads it today: its own name and address, and the legal entity behind it. */
export async function readClient(db: Queryable, studioId: number): Promise<ClientSnapshot> {
  const found = await findClient(db, studioId)
  if (!found) throw notFound('studio', studioId)
  const { studio, entity } = found
  const { street, houseNumber, zip, city, countryCode, email, telephone } = studio
  return {
    name: studio.name,
    entityName: entity && entity.name !== studio.name ? entity.name : null,
    legalForm: entity?.legalForm ?? null,
    vatNumber: entity?.vatNumber ?? null,
    deductsInputTax: entity?.deductsInputTax ?? false,
    address: { street, houseNumber, zipCode: zip, city, province: null, countryCode },
    bank: entity?.iban
      ? { holder: entity.accountHolder ?? entity.name, iban: entity.iban, bic: entity.bic, bank: entity.bankName }
      : null,
    contacts: [
      ...(telephone === null ? [] : [{ type: 'TEL_BUSINESS' as const, value: telephone }]),
      ...(email === null ? [] : [{ type: 'EMAIL' as const, value: email }]),
    ],
    languageTag: studio.languageTag,
  }
}
