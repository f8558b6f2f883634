export type TemplateVerdict = 'FITS' | 'EMPTY' | 'TOO_LONG' | 'CONTROL_CHARACTER' | 'PLACEHOLDERS_DIFFER'

/** Long enough for every sentence that a screen or a mail can show. */
export const longestText = 500

/** The placeholders of a template, sorted, as often as they stand in it: `{0}`, `{1}`, `{traceId}`; forms for numbers as one. */
export function listPlaceholders(template: string): readonly string[] {
  if (readForms(template)) return [template]
  return (template.match(/\{\w+\}/g) ?? []).sort()
}

const countedPattern = /^\{count, plural,((?: (?:=\d{1,6}|zero|one|two|few|many|other) \{[^'{}]*\})+)\}$/

/** The forms of a template that is chosen by a number, `{count, plural, one {# month} other {# months}}`; else undefined. */
function readForms(template: string): ReadonlyMap<string, string> | undefined {
  const forms = countedPattern.exec(template)?.[1]
  if (forms === undefined) return undefined
  const pairs = [...forms.matchAll(/ ([=\w]+) \{([^{}]*)\}/g)].map(([, name = '', form = '']) => [name, form] as const)
  const byName = new Map(pairs)
  // A form that is given twice, or none for all other numbers, cannot be parsed.
  return byName.size === pairs.length && byName.has('other') ? byName : undefined
}

/** Whether each form says something, and the one for all other numbers names the number. */
function areForms(forms: ReadonlyMap<string, string> | undefined): boolean {
  return (
    forms !== undefined && [...forms.values()].every((form) => form.trim() !== '') && /#/.test(forms.get('other') ?? '')
  )
}

/**
 * Whether a text can stand in the place of the English one: the same placeholders, and no other character that means
 * something in a template. What fits can therefore always be parsed. Where the English text has forms for numbers, the
 * other one has forms as well, those that its language needs.
 */
export function judgeTemplate(text: string, english: string): TemplateVerdict {
  if (text.trim() === '') return 'EMPTY'
  if (text.length > longestText) return 'TOO_LONG'
  if (/\p{Cc}/u.test(text)) return 'CONTROL_CHARACTER'
  if (readForms(english)) return areForms(readForms(text)) ? 'FITS' : 'PLACEHOLDERS_DIFFER'
  const wanted = listPlaceholders(english)
  const [isSame, rest] = [listPlaceholders(text).join() === wanted.join(), text.replace(/\{\w+\}/g, '')]
  // An ASCII apostrophe is a quoting character in a template.
  return isSame && !/['{}]/.test(rest) ? 'FITS' : 'PLACEHOLDERS_DIFFER'
}

/** A text as it is kept: without blanks around it, with the apostrophe that people mean. */
export function tidyText(text: string): string {
  return text.trim().normalize('NFC').replaceAll("'", '’')
}
