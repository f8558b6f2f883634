import { readFileSync } from 'node:fs'

/** The version of Palestra, as `package.json` has it: `0.1.0`. */
export const { version: productVersion } = JSON.parse(
  readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
) as { readonly version: string }
