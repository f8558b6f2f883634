import { readFileSync } from 'node:fs'
import { ConfigError } from './setting-readers.ts'

type Environment = Readonly<Record<string, string | undefined>>

const IN_FILE = /^(PALESTRA_\w+|DATABASE_URL)_FILE$/

/**
 * `PALESTRA_X_FILE` names a file that holds the value of `PALESTRA_X`, as container platforms hand over secrets: in the
 * environment it could be read from outside the process. One line break at its end does not belong to the value.
 * @returns the environment with what stands in files
 */
export function completeEnvironment(environment: Environment): Environment {
  const values = Object.entries(environment).map(([name, value]) => {
    const setting = IN_FILE.exec(name)?.[1]
    if (setting === undefined || value === undefined) return [name, value] as const
    if (environment[setting] !== undefined) throw new ConfigError(`${setting} and ${name} are both set.`)
    return [setting, readValue(name, value)] as const
  })
  return Object.fromEntries(values)
}

function readValue(name: string, path: string): string {
  try {
    return readFileSync(path, 'utf8').replace(/\r?\n$/, '')
  } catch (error) {
    throw new ConfigError(`${name}: ${(error as Error).message}.`)
  }
}
