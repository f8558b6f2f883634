import { Type } from 'typebox'
import { operation } from '../platform/api/operation.ts'
import { choice, described, flag, id, named, pathId, trimmed, typed } from '../platform/api/schema.ts'
import { Signature } from '../platform/api/values.ts'
import { amendmentModes } from './tables.ts'

const optional = Type.Optional
const tag = 'Customers Self-service'
const path = '/v1/customers/{customerId}/self-service/payment-data'
const params = Type.Object({ customerId: pathId('customer', 'The customer.') })

const accountHolder = trimmed('Whose account it is.', 'Mara Lindner')
const bankName = trimmed('Name of the bank.', 'Musterbank')
const iban = typed('International account number; answers have it without spaces.', 'DE89370400440532013000')
const bic = typed('BIC of the bank.', 'COBADEFFXXX')
const shown = {
  accountHolder: optional(accountHolder),
  bankName: optional(bankName),
  iban: optional(iban),
  bic: optional(bic),
  requireSignature: optional(flag('Whether a request needs a drawn signature.', { examples: [true] })),
}

const PendingPayment = named(
  'OpenApiV1CustomerDataPendingAmendmentDtoCustomerPaymentData',
  Type.Object({
    id: optional(id('The change request; absent when nothing differs.', { examples: [1000000311] })),
    ...shown,
  }),
)

export const getCustomerPaymentData = operation({
  operationId: 'getCustomerPaymentData',
  method: 'GET',
  path,
  tag,
  summary: 'Read the account that a customer is debited from',
  description:
    'The bank account, what the studio allows, and the request that waits for its staff, if there is one. A customer who ' +
    'pays otherwise has no account here.',
  scopes: ['CUSTOMER_SELF_SERVICE_READ'],
  params,
  response: named(
    'OpenApiV1CustomerDataDtoCustomerPaymentData',
    Type.Object({
      ...shown,
      amendmentConfigurationStatus: choice(
        amendmentModes,
        'What the studio allows: only looking, changes that its staff must accept, or changes at once.',
        { examples: ['CHANGES_REQUIRE_VERIFICATION'] },
      ),
      pendingAmendment: optional(
        described(PendingPayment, 'The request that waits for the staff, with the account as it would be.'),
      ),
    }),
  ),
})

export const createCustomerPaymentDataAmendment = operation({
  operationId: 'createCustomerPaymentDataAmendment',
  method: 'POST',
  path,
  tag,
  summary: 'Ask to be debited from another account',
  description:
    'Applied at once or kept for the staff, as the studio has configured; a newer request takes the place of one that ' +
    'waits. The account comes with a mandate of the day of the request. Asking for the account that is there changes ' +
    'nothing and answers without an `id`.',
  scopes: ['CUSTOMER_SELF_SERVICE_WRITE'],
  params,
  body: named(
    'OpenApiV1CustomerPaymentAmendment',
    Type.Object({
      accountHolder,
      bankName,
      iban,
      bic,
      signature: optional(described(Signature, 'The signature below the mandate.')),
    }),
  ),
  response: PendingPayment,
  errors: {
    400: ['errormessage.signature.invalid', 'errormessage.validation.format', 'errormessage.validation.maxLength'],
    403: ['errormessage.selfService.readOnly'],
  },
})
