import { hash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'

export interface Asset {
  readonly type: string
  readonly body: string
}

/** The programs and styles of the page, as browsers get them: they are read as they are, nothing is compiled. */
export interface Assets {
  /** Changes with any of the files, so that browsers may keep them for good. */
  readonly version: string
  readonly files: ReadonlyMap<string, Asset>
  /** The script for pages of studios, which has an address for good. */
  readonly widget: string
  /** The modules that the page loads, so that a browser fetches all of them at once. */
  readonly modules: readonly string[]
}

const WIDGET = 'widget.js'
const types: Readonly<Record<string, string>> = {
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
}

export function readAssets(): Assets {
  const folder = new URL('browser/', import.meta.url)
  const files = new Map<string, Asset>()
  for (const name of readdirSync(folder).sort()) {
    const type = types[/\.(\w+)$/.exec(name)?.[1] ?? '']
    if (type !== undefined) files.set(name, { type, body: readFileSync(new URL(name, folder), 'utf8') })
  }
  const widget = files.get(WIDGET)?.body ?? ''
  files.delete(WIDGET)
  const text = [...files].map(([name, { body }]) => name + body).join('\n')
  return {
    version: hash('sha256', text).slice(0, 12),
    files,
    widget,
    modules: [...files.keys()].filter((name) => name.endsWith('.js')),
  }
}
