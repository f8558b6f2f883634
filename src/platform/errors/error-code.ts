import type texts from '../locales/en.json'

/** Every code that an answer can carry: the keys of the English texts. A code without a text does not compile. */
export type ErrorCode = Extract<keyof typeof texts, `errormessage.${string}`>

/** What may stand between a beginning and an end so that the whole is a code. */
export type NamedBy<Prefix extends string, Suffix extends string = ''> = ErrorCode extends infer Code
  ? Code extends `${Prefix}${infer Name}${Suffix}`
    ? Name
    : never
  : never
