import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { formatSentence, hasText, supportedLanguages } from './localisation.ts'
import { judgeTemplate } from '../texts/template-rules.ts'

const languages = ['cs', 'de', 'en', 'es', 'fr', 'hu', 'it', 'nb', 'nl', 'pl', 'ro', 'ru', 'sl', 'sv', 'tr']
const variants = ['de-CH', 'de-LI', 'en-CA', 'en-GB', 'en-US', 'fr-LU']

function readTexts(tag: string): Record<string, string> {
  return JSON.parse(readFileSync(new URL(`../locales/${tag}.json`, import.meta.url), 'utf8'))
}

const english = readTexts('en')
const keys = Object.keys(english)
const keySpelling =
  /^(?:accounttext|contracttext|errormessage|mailtext|offertext|pagetext)\.[a-z][a-zA-Z]*\.[a-z][a-zA-Z]*$|^errormessage\.(?:concurrentModification|internal)$/

test('texts exist in the promised languages and variants', () => {
  assert.deepEqual(supportedLanguages, [...languages, ...variants].sort())
})

test('every key is spelt errormessage.<area>.<reason>, or so for sentences of accounts, contracts, mails, offers and pages', () => {
  assert.deepEqual(
    keys.filter((key) => !keySpelling.test(key)),
    [],
  )
})

for (const tag of languages) {
  test(`${tag} has every key, sorted, and no other`, () => {
    assert.deepEqual(Object.keys(readTexts(tag)), [...keys].sort())
  })
}

for (const tag of languages) {
  test(`no two things have the same sentence in ${tag} when they are not found`, () => {
    const entries = Object.entries(readTexts(tag)).filter(([key]) => key.endsWith('.notFound'))
    const bySentence = Map.groupBy(entries, ([, sentence]) => sentence)
    assert.deepEqual(
      [...bySentence.values()].filter((same) => same.length > 1),
      [],
    )
  })
}

for (const tag of [...languages, ...variants]) {
  test(`the texts in ${tag} are templates with the placeholders of the English ones`, () => {
    for (const [key, template] of Object.entries(readTexts(tag))) {
      assert.equal(judgeTemplate(template, english[key] ?? ''), 'FITS', key)
    }
  })
}

for (const tag of variants) {
  test(`${tag} holds only what differs from its base language`, () => {
    const base = readTexts(tag.split('-')[0] ?? '')
    const texts = Object.entries(readTexts(tag))
    assert.deepEqual(
      texts.filter(([key, text]) => base[key] === undefined || base[key] === text),
      [],
    )
  })
}

for (const tag of ['de-CH', 'de-LI']) {
  test(`no text in ${tag} is written with ß`, () => {
    assert.deepEqual(
      keys.filter((key) => formatSentence(key, tag, []).includes('ß')),
      [],
    )
  })
}

test('every key in the sources has a text', () => {
  const folder = join(import.meta.dirname, '..', '..')
  const missing = globSync('**/*.ts', { cwd: folder })
    .filter((file) => !file.endsWith('.test.ts'))
    .flatMap((file) => findCodes(readFileSync(join(folder, file), 'utf8')).map((code) => ({ file, code })))
    .filter(({ code }) => !hasText(code))
  assert.deepEqual(missing, [])
})

test('codes are found as literals and as entities of notFound', () => {
  const source = `badRequest('errormessage.a.b'); notFound('c', 1); "errormessage.internal"; \`errormessage.a.\${d}\``
  assert.deepEqual(findCodes(source), ['errormessage.a.b', 'errormessage.internal', 'errormessage.c.notFound'])
})

function findCodes(source: string): readonly string[] {
  const literals = [
    ...source.matchAll(
      /(['"`])((?:accounttext|contracttext|errormessage|mailtext|offertext|pagetext)\.[a-zA-Z.]*[a-zA-Z])\1/g,
    ),
  ].map((match) => match[2] ?? '')
  const entities = [...source.matchAll(/\bnotFound\(\s*['"](\w+)['"]/g)].map((match) => match[1] ?? '')
  return [...literals, ...entities.map((entity) => `errormessage.${entity}.notFound`)]
}
