import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'

const root = join(import.meta.dirname, '..', '..')
const readText = (file: string) => readFileSync(join(root, file), 'utf8')

type Versions = Readonly<Record<string, string>>
interface Manifest {
  readonly dependencies: Versions
  readonly optionalDependencies: Versions
  readonly devDependencies: Versions
  readonly peerDependencies: Versions
  readonly peerDependenciesMeta: Readonly<Record<string, { readonly optional: boolean }>>
}
interface Lock {
  readonly packages: Readonly<Record<string, { readonly license?: string }>>
}

/** The table rows of the page: package names of the first cell, licence of the second. */
const rows = readText('docs/adr/0000-dependencies.md')
  .split('\n')
  .filter((line) => line.startsWith('| `'))
  .map((line) => {
    const [, names = '', licence = ''] = line.split('|').map((cell) => cell.trim())
    return { names: [...names.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name), licence }
  })

const manifest = JSON.parse(readText('package.json')) as Manifest
const { dependencies, optionalDependencies, devDependencies, peerDependencies, peerDependenciesMeta } = manifest
const all: Versions = { ...dependencies, ...optionalDependencies, ...devDependencies }

test('every dependency stands on the page of dependencies, and nothing else does', () => {
  const listed = rows.flatMap(({ names }) => names)
  assert.deepEqual(listed.toSorted(), Object.keys(all).toSorted())
})

test('every version is exact', () => {
  for (const [name, version] of Object.entries(all)) assert.match(version, /^\d+\.\d+\.\d+(-[\w.]+)?$/, name)
})

test('what an operator may add is what the tests run with, and nobody has to', () => {
  for (const [name, version] of Object.entries(peerDependencies)) {
    assert.equal(devDependencies[name], version, name)
    assert.deepEqual(peerDependenciesMeta[name], { optional: true }, name)
  }
})

test('the page names the licence that each installed package declares', () => {
  for (const { names, licence } of rows) {
    for (const name of names) {
      const manifest = join('node_modules', name, 'package.json')
      // Packages of other platforms are not installed here.
      if (!existsSync(join(root, manifest))) continue
      const { license } = JSON.parse(readText(manifest)) as { readonly license: string }
      assert.ok(licence.startsWith(license), `${name} is under ${license}, the page says ${licence}`)
    }
  }
})

test('whatever comes along with a dependency is under a permissive licence too', () => {
  const permissive =
    /^(?:MIT(?:-0)?|ISC|0?BSD(?:-[23]-Clause)?|Apache-2\.0|Unlicense|BlueOak-1\.0\.0|Zlib|CC0-1\.0|PostgreSQL)$/
  // Older packages of the S3 server of the tests, and one of `pdfmake`, say MIT in their text and nothing in the lock file.
  const sayInTextOnly = ['busboy', 'dicer', 'humanize-number', 'only', 'streamsearch', 'png-js']
  // libvips: a library file of its own that every operator may replace, unchanged; see the page of dependencies.
  const replaceable = /^node_modules\/@img\/sharp-[\w-]+$/
  // Of two licences that may be chosen from, the one that we take.
  const chosen: Readonly<Record<string, string>> = { 'node_modules/ibantools': 'MIT' }
  const { packages } = JSON.parse(readText('package-lock.json')) as Lock
  for (const [name, { license = '' }] of Object.entries(packages)) {
    if (sayInTextOnly.includes(name.replace('node_modules/', ''))) continue
    if (replaceable.test(name) && /LGPL-3\.0-or-later|Apache-2\.0/.test(license)) continue
    const licences = (chosen[name] ?? license).replace(/[()]/g, '').split(/ AND | OR /)
    assert.ok(
      licences.every((each) => permissive.test(each)),
      `${name} is under ${license}`,
    )
  }
})
