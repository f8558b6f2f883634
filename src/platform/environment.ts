type Environment = Readonly<Record<string, string | undefined>>

/**
 * The environment of a newcomer: without a database, a secret or a word on demo mode, the demo chain starts, with a
 * clock that may be moved. Whoever sets any of these runs Palestra for real and gets no defaults.
 */
export function withDemoDefaults(environment: Environment): Environment {
  const isChosen = ['PALESTRA_DEMO', 'PALESTRA_SECRET_KEY'].some((name) => environment[name] !== undefined)
  if (isChosen) return environment
  return { PALESTRA_TEST_CLOCK: 'true', ...environment, PALESTRA_DEMO: 'true' }
}
