/** @import { Facts, Session, Settings } from './types.d.ts' */

/** The texts of the page in one language, in the words of the page around it where that has its own. */
export class Voice {
  #texts
  #locale

  /**
   * @param {Facts} facts
   * @param {Settings} settings
   */
  constructor({ language, texts }, { locale, countryCode, i18n = {} }) {
    const [base = ''] = language.split('-')
    this.#texts = { ...texts, ...onlyTexts(i18n), ...onlyTexts(i18n[base]), ...onlyTexts(i18n[language]) }
    this.#locale = readLocale(locale ?? language, countryCode) ?? language
    this.language = language
  }

  /**
   * @param {string} key
   * @param {readonly string[]} values
   */
  say(key, ...values) {
    const text = this.#texts[key] ?? key
    return text.replaceAll(/\{(\d)\}/g, (_, at) => values[Number(at)] ?? '')
  }

  /** @param {Session['amount']} amount */
  money({ amount, currency }) {
    return new Intl.NumberFormat(this.#locale, { style: 'currency', currency }).format(amount)
  }
}

/**
 * @param {unknown} texts
 * @returns {Record<string, string>}
 */
function onlyTexts(texts) {
  const entries = typeof texts === 'object' && texts !== null ? Object.entries(texts) : []
  return Object.fromEntries(entries.filter(([, text]) => typeof text === 'string'))
}

/**
 * `de` in `CH` is `de-CH`; undefined for what is no language.
 *
 * @param {string} locale
 * @param {string | undefined} country
 */
function readLocale(locale, country) {
  try {
    const tag = new Intl.Locale(locale.replaceAll('_', '-'))
    return tag.region === undefined && country ? `${tag.language}-${country}` : tag.toString()
  } catch {
    return undefined
  }
}
