import type { Static, TObject, TSchema } from 'typebox'

/** A right of staff, `area.verb`. */
export type Permission = `${string}.${string}`

/** How an option of the command line is called where its field has another name, `--duration <minutes>`. */
export interface OptionDeclaration {
  readonly flag: string
  /** Makes it a switch that stands for this value of the field. */
  readonly value?: string
}

/** The command of an operation. Whatever is not named here follows from the schemas. */
export interface CommandDeclaration {
  /** Group and name: `slot plan`. */
  readonly name: string
  /** Positional arguments in their order; the parameters of the path where it is left out. */
  readonly arguments?: readonly string[]
  /** The body is a JSON document in a file, `--file <path>`, and has no options of its own. */
  readonly isFromFile?: true
  /** By field of the body, `rule.price` for one inside an object. */
  readonly options?: Readonly<Record<string, string | OptionDeclaration>>
  /**
   * The option that breaks rules. A switch breaks all that may be broken, and says what that means; one with a list names
   * them. `--break <rules>` where it is left out.
   */
  readonly breaks?: { readonly flag: string; readonly description?: string }
}

/** The rules that staff may break by their names, and the right that it takes besides. */
export interface Overrides<R extends string = string> {
  readonly rules: readonly R[]
  readonly permission: Permission
}

/**
 * One thing that staff do, as its module declares it: the single source of its command, its validation and its rights,
 * and later of its route. `path` and `method` are those of the admin API.
 */
export interface StaffOperation<
  P extends TObject = TObject,
  B extends TObject | undefined = TObject | undefined,
  A extends TSchema = TSchema,
  R extends string = string,
> {
  readonly operationId: string
  /** GET only reads: its body is the question, later the query of the route, and it has no dry run. */
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly path: `/admin/v1/${string}`
  readonly tag: string
  /** Also the description of the command. */
  readonly summary: string
  /** All of them are needed. */
  readonly permissions: readonly [Permission, ...Permission[]]
  readonly overrides: Overrides<R> | undefined
  /** Whether one may ask what it would do. */
  readonly dryRun: boolean
  readonly params: P
  readonly body: B
  readonly answer: A
  readonly cli: CommandDeclaration
}

export interface StaffOperationSpec<
  P extends TObject,
  B extends TObject | undefined,
  A extends TSchema,
  R extends string,
> extends Omit<StaffOperation<P, B, A, R>, 'params' | 'body' | 'overrides' | 'dryRun'> {
  readonly params?: P
  readonly body?: B
  readonly overrides?: Overrides<R>
  /** Every operation that writes has a dry run unless it says that it has none. */
  readonly dryRun?: false
}

type NoFields = TObject<Record<never, never>>

/** What the handler of a staff operation is given: validated, coerced, defaults filled in. */
export interface StaffInput<O extends StaffOperation> {
  readonly params: Static<O['params']>
  readonly body: O['body'] extends TSchema ? Static<O['body']> : undefined
}

const noFields = { type: 'object', properties: {} } as unknown as NoFields

/** Declares what staff may do; see {@link StaffOperation} for the meaning of each part. */
export function staffOperation<
  A extends TSchema,
  P extends TObject = NoFields,
  B extends TObject | undefined = undefined,
  R extends string = never,
>(spec: StaffOperationSpec<P, B, A, R>): StaffOperation<P, B, A, R> {
  return {
    params: noFields as unknown as P,
    body: undefined as B,
    ...spec,
    overrides: spec.overrides,
    dryRun: spec.dryRun ?? spec.method !== 'GET',
  }
}
