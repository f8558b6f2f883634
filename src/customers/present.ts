import { fileLink, type LinkSigner } from '../platform/files/links.ts'
import type { PartnerView } from '../platform/units/work.ts'
import { dateIn, type Printer } from '../platform/time/zoned-time.ts'
import { nonNull } from '../platform/values/defined.ts'
import { formatCardNumber } from './card-number-rules.ts'
import type { CardNumberFormat, Customer } from './customer-schema.ts'
import type { BankAccountPart, IdlePeriodPart } from './hooks.ts'
import type { AddressRow, CustomerRow, MediumPart, RestrictionPart } from './customer-row.ts'
import { isInForce, isPast, judgeStatus } from './status-rules.ts'

/** How one answer shows its customers. */
export class CustomerPresenter {
  readonly #view: Pick<PartnerView, 'caller' | 'now'> & { readonly print: Printer }
  readonly #signer: LinkSigner
  readonly #format: CardNumberFormat
  readonly #todays = new Map<string, string>()

  constructor(view: Pick<PartnerView, 'caller' | 'now' | 'print'>, signer: LinkSigner, format: CardNumberFormat) {
    this.#view = view
    this.#signer = signer
    this.#format = format
  }

  /** The one representation of a customer. Absent values are left out, lists are there even when empty. */
  present(row: CustomerRow): Customer {
    const today = this.#todayIn(row.zone)
    const restrictions = row.restrictions ?? []
    const accessMediums = this.#valid(row.mediums).map((medium) => this.#presentMedium(medium))
    const presented: { [K in keyof Customer]?: Customer[K] | undefined } = {
      id: row.id,
      customerNumber: row.customerNumber,
      firstName: row.firstName,
      lastName: row.lastName,
      dateOfBirth: row.dateOfBirth ?? undefined,
      email: row.email ?? undefined,
      gender: row.gender,
      street: row.street ?? undefined,
      houseNumber: row.houseNumber ?? undefined,
      zipCode: row.zipCode ?? undefined,
      city: row.city ?? undefined,
      country: row.country ?? undefined,
      status: judgeStatus(row.membershipUntil, today),
      cardNumbers: accessMediums.filter(({ type }) => type === 'CARD_NUMBER').map(({ value }) => value),
      imageUrl: row.imageFileId === null ? undefined : this.#imageUrl(row.imageFileId),
      phonePrivate: row.phonePrivate ?? undefined,
      phonePrivateMobile: row.phonePrivateMobile ?? undefined,
      phoneBusiness: row.phoneBusiness ?? undefined,
      phoneBusinessMobile: row.phoneBusinessMobile ?? undefined,
      idlePeriods: (row.idlePeriods ?? []).map(presentIdlePeriod),
      bankAccount: row.bankAccount === null ? undefined : this.#presentBankAccount(row.bankAccount),
      accessRefusal: restrictions.some((restriction) => isInForce(restriction, today)),
      accessRestrictions: presentRestrictions(restrictions, today),
      uuid: row.uuid,
      referralCode: row.referralCode,
      studioId: row.studioId,
      preferredLanguage: presentLanguage(row),
      additionalInformationFieldAssignments: [...(row.assignments ?? [])],
      thirdPartyId: row.thirdPartyIds === null ? undefined : this.#ownId(row.thirdPartyIds),
      accessMediums,
      secondFirstName: row.secondFirstName ?? undefined,
      secondLastName: row.secondLastName ?? undefined,
      ...presentAddressDetails(row),
      createdDateTime: this.#view.print.dateTime(Temporal.Instant.fromEpochMilliseconds(row.createdMs), row.zone),
    }
    return presented as Customer
  }

  #todayIn(zone: string): string {
    let today = this.#todays.get(zone)
    if (today === undefined) this.#todays.set(zone, (today = dateIn(this.#view.now, zone).toString()))
    return today
  }

  #valid(mediums: readonly MediumPart[] | null): readonly MediumPart[] {
    const now = this.#view.now.epochMilliseconds
    return (mediums ?? []).filter(({ validUntilMs }) => validUntilMs === null || validUntilMs > now)
  }

  /** The caller's own id of the customer, else the migrated one; integrations do not see each other's. */
  #ownId(ids: NonNullable<CustomerRow['thirdPartyIds']>): string | undefined {
    const own = ids.find(({ integrationId }) => integrationId === this.#view.caller.integration.id)
    return (own ?? ids.find(({ integrationId }) => integrationId === null))?.value
  }

  #presentMedium({ id, type, value, sealed }: MediumPart) {
    if (type === 'CARD_NUMBER') return { id, type, value: formatCardNumber(value, this.#format) }
    return { id, type, value: sealed === null ? value : this.#open(sealed) }
  }

  #presentBankAccount({ holder, bank, bic, sealedIban }: BankAccountPart): NonNullable<Customer['bankAccount']> {
    return nonNull({ accountHolder: holder, bankName: bank, bic, iban: sealedIban && this.#open(sealedIban) })
  }

  #open(sealed: string): string {
    return this.#signer.secrets.open('field', Buffer.from(sealed, 'base64'))
  }

  #imageUrl(fileId: number): string {
    const tenantSlug = this.#view.caller.tenant.slug
    return fileLink(this.#signer, { tenantSlug, fileId, disposition: 'inline' }, this.#view.now)
  }
}

function presentIdlePeriod(period: IdlePeriodPart): NonNullable<Customer['idlePeriods']>[number] {
  const { id, startDate, endDate, reason, unlimited, contractId, rateName } = period
  return {
    id,
    startDate,
    endDate,
    ...nonNull({ reason }),
    contract: { id: contractId, rateName },
    unlimited,
  }
}

function presentRestrictions(restrictions: readonly RestrictionPart[], today: string) {
  return restrictions
    .filter((restriction) => !isPast(restriction, today))
    .map(({ reason, startDate, endDate }) => ({
      reason,
      ...nonNull({ startDate, endDate }),
    }))
}

function presentLanguage({ languageCode, languageCountry }: CustomerRow): Customer['preferredLanguage'] | undefined {
  if (languageCode === null) return undefined
  return { languageCode, ...nonNull({ countryCode: languageCountry }) }
}

function presentAddressDetails(row: AddressRow) {
  return {
    secondStreet: row.secondStreet ?? undefined,
    cityPart: row.cityPart ?? undefined,
    district: row.district ?? undefined,
    streetType: row.streetType ?? undefined,
    streetBlock: row.streetBlock ?? undefined,
    portal: row.portal ?? undefined,
    stairway: row.stairway ?? undefined,
    door: row.door ?? undefined,
    province: row.province ?? undefined,
    provinceCode: row.provinceCode ?? undefined,
    additionalAddressInformation: row.additionalAddressInformation ?? undefined,
    floor: row.floor ?? undefined,
    buildingName: row.buildingName ?? undefined,
  }
}
