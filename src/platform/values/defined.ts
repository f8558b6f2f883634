type Flat<T> = { [K in keyof T]: T[K] }

/** `T` with each property that may be undefined made optional, so that absent is the only way to have no value. */
export type Defined<T> = Flat<
  { -readonly [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
    -readonly [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>
  }
>

type MayLack<V> = undefined extends V ? true : null extends V ? true : false

/** As {@link Defined}, for properties that may be null as well. */
export type NonNull<T> = Flat<
  { -readonly [K in keyof T as MayLack<T[K]> extends true ? never : K]: T[K] } & {
    -readonly [K in keyof T as MayLack<T[K]> extends true ? K : never]?: NonNullable<T[K]>
  }
>

/** The properties that are not undefined, in their order. Null stays: in a change it empties a field. */
export function defined<const T extends object>(values: T): Defined<T> {
  const kept: { [K in keyof T]?: T[K] } = {}
  for (const key in values) {
    const value = values[key]
    if (value !== undefined) kept[key] = value
  }
  return kept as Defined<T>
}

/** The properties that are neither undefined nor null, in their order: answers leave out what is unknown. */
export function nonNull<const T extends object>(values: T): NonNull<T> {
  const kept: { [K in keyof T]?: T[K] } = {}
  for (const key in values) {
    const value = values[key]
    if (value !== undefined && value !== null) kept[key] = value
  }
  return kept as NonNull<T>
}
