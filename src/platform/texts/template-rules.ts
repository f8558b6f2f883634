export type TemplateVerdict = 'FITS' | 'EMPTY' | 'TOO_LONG' | 'CONTROL_CHARACTER' | 'PLACEHOLDERS_DIFFER'

/** Long enough for every sentence that a screen or a mail can show. */
export const longestText = 500

/** The placeholders of a template, sorted, as often as they stand in it: `{0}`, `{1}`, `{traceId}`. */
export function listPlaceholders(template: string): readonly string[] {
  return (template.match(/\{\w+\}/g) ?? []).sort()
}

/**
 * Whether a text can stand in the place of the English one: the same placeholders, and no other character that means
 * something in a template. What fits can therefore always be parsed.
 */
export function judgeTemplate(text: string, english: string): TemplateVerdict {
  if (text.trim() === '') return 'EMPTY'
  if (text.length > longestText) return 'TOO_LONG'
  if (/\p{Cc}/u.test(text)) return 'CONTROL_CHARACTER'
  const wanted = listPlaceholders(english)
  const [isSame, rest] = [listPlaceholders(text).join() === wanted.join(), text.replace(/\{\w+\}/g, '')]
  // An ASCII apostrophe is a quoting character in a template.
  return isSame && !/['{}]/.test(rest) ? 'FITS' : 'PLACEHOLDERS_DIFFER'
}

/** A text as it is kept: without blanks around it, with the apostrophe that people mean. */
export function tidyText(text: string): string {
  return text.trim().normalize('NFC').replaceAll("'", '’')
}
