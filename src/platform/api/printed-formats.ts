type Printed = Readonly<Record<string, unknown>>

const day = '\\d{4}-\\d{2}-\\d{2}'
const clock = '\\d{2}:\\d{2}(?::\\d{2}(?:\\.\\d{1,9})?)?'

/**
 * Formats of ours that the JSON Schema format `date-time`, an RFC 3339 text, would refuse: they are published as a pattern,
 * which every validator understands, and by their name as `x-format`.
 */
const patterns: Readonly<Record<string, Printed>> = {
  'date-time': {
    pattern: `^${day}T${clock}(?:Z|[+-]\\d{2}:\\d{2})(?:\\[[A-Za-z][A-Za-z0-9_+/-]*\\])?$`,
    'x-format': 'zoned-date-time',
  },
  // With the offset of the studio where plain RFC 3339 was asked for.
  'local-date-time': { pattern: `^${day}T${clock}(?:Z|[+-]\\d{2}:\\d{2})?$`, 'x-format': 'local-date-time' },
}

/** The keywords that the document has for a format of our declarations. */
export const printFormat = (format: unknown): Printed =>
  typeof format === 'string' && Object.hasOwn(patterns, format) ? (patterns[format] ?? {}) : { format }
