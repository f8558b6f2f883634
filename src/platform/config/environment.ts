import { readFileSync } from 'node:fs'
import { ConfigError } from './setting-readers.ts'

type Environment = Readonly<Record<string, string | undefined>>

const IN_FILE = /^(PALESTRA_\w+|DATABASE_URL)_FILE$/

/** The environment that `readConfig` gets: what stands in files is read, and a newcomer gets the demo. */
export function completeEnvironment(environment: Environment): Environment {
  return withDemoDefaults(withFileContents(environment))
}

/**
 * The environment of a newcomer: without a database, a secret or a word on demo mode, the demo chain starts, with a
 * clock that may be moved. An operator who sets any of these runs Palestra for real and gets no defaults.
 */
function withDemoDefaults(environment: Environment): Environment {
  const isChosen = ['PALESTRA_DEMO', 'PALESTRA_SECRET_KEY'].some((name) => environment[name] !== undefined)
  if (isChosen) return environment
  return { PALESTRA_TEST_CLOCK: 'true', ...environment, PALESTRA_DEMO: 'true' }
}

/**
 * `PALESTRA_X_FILE` names a file that holds the value of `PALESTRA_X`, as container platforms hand over secrets: in the
 * environment it could be read from outside the process. One line break at its end does not belong to the value.
 */
function withFileContents(environment: Environment): Environment {
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
