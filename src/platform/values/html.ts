const names: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** A text as it may stand in HTML, also inside of double quotes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => names[character] ?? '')
}
