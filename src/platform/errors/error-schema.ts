import { type TSchema, Type } from 'typebox'
import { added, list, named, choice, text } from '../api/schema.ts'

const argumentTypes = [
  'TIMESTAMP',
  'BOOLEAN',
  'DATE',
  'MONTH_DAY',
  'TIME',
  'TERM',
  'TERM_LIST',
  'INTEGER',
  'DECIMAL',
  'STRING',
  'MONEY',
  'LIMITABLE_CONFIG_PROPERTY',
  'I18N_KEY',
  'I18N_KEY_LIST',
  'PERMISSION_LIST',
  'ENUM',
  'AVAILABILITY_LIST',
] as const

// The original API says "object" here and below; real values are texts, numbers, lists and objects.
const anything = (description: string) => Type.Unsafe<unknown>({ description } as TSchema)

const TypedArgumentDto = named(
  'TypedArgumentDto',
  Type.Object({
    value: Type.Optional(anything('The value: a text, a number, a list or an object, as `type` says.')),
    type: Type.Optional(choice(argumentTypes, 'How to read the value.', { examples: ['INTEGER'] })),
  }),
)

const ErrorViolation = named(
  'ErrorViolation',
  Type.Object({
    reference: text('The refused field.', { examples: ['debtors[0].debtorId'] }),
    errorCode: text('Stable name of the reason.', { examples: ['errormessage.validation.required'] }),
    errorMessage: text('The reason in the language of the answer.'),
  }),
)

/** The body of every 4xx and 5xx answer. */
export const ErrorResponse = named(
  'ErrorResponse',
  Type.Object({
    errorMessage: text('The reason in the language of the answer, fit to be shown.', {
      examples: ['The customer 1000000101 was not found.'],
    }),
    errorCode: text('Stable name of the reason; decide on this, never on the message.', {
      examples: ['errormessage.customer.notFound'],
    }),
    traceId: text('Names this request in our logs; quote it when you ask for support.', {
      examples: ['4bf92f3577b34da6a3ce929d0e0e4736'],
    }),
    args: Type.Optional(list(anything('One value.'), 'Values that the message contains.', { deprecated: true })),
    typedArgs: Type.Optional(list(TypedArgumentDto, 'The same values with their types.', { deprecated: true })),
    reference: Type.Optional(
      text('The field to blame, where there is one; list positions in brackets.', {
        examples: ['customer.dateOfBirth'],
      }),
    ),
    violations: Type.Optional(list(ErrorViolation, 'All refused fields, when there are two or more.')),
    details: Type.Optional(
      list(text('A reason.'), 'All reasons, first that of `errorCode`; where the request asked for details.', added),
    ),
    alternatives: Type.Optional(
      list(anything('As in the answer of the validation.'), 'What could be had instead, nearest first.', added),
    ),
  }),
)
