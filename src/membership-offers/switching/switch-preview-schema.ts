import { type Static, Type } from 'typebox'
import { described, list, named } from '../../platform/api/schema.ts'
import { Money } from '../../platform/api/values.ts'
import { ContractVolume, MembershipOfferTextBlock } from '../api-schemas.ts'
import { PaymentPreview } from '../selling/preview-schemas.ts'

const optional = Type.Optional

/** What a switch would cost that was made now. */
export const MembershipSwitchPreview = named(
  'MembershipSwitchPreview',
  Type.Object({
    contractVolumeInformation: optional(described(ContractVolume, 'What the new contract costs in all.')),
    ageAdjustedPrice: optional(described(Money, 'The price for the age of the member; only where the age changes it.')),
    moduleConsentTextBlocks: optional(list(MembershipOfferTextBlock, 'What modules ask the consent for.')),
    paymentPreview: PaymentPreview,
  }),
)
export type MembershipSwitchPreview = Static<typeof MembershipSwitchPreview>
