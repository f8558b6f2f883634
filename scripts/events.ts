// Writes docs/events.md from the declarations of the modules; with --check only says whether it is stale.
import { readFile, writeFile } from 'node:fs/promises'
import { type DeclaredEvent, declaredEvents } from '../src/event-catalogue.ts'
import { catalogueEventTypes, type EventType, optInEventTypes } from '../src/platform/units/events.ts'
import { formatBody } from '../src/webhooks/envelope.ts'
import { readScopes } from '../src/webhooks/read-scopes.ts'

const sample = {
  id: 1_000_001_204,
  uuid: '0197747e-2f80-7d61-9c1a-3b0e5a2f4c11',
  entityId: 1_000_000_911,
  occurredAtMs: Temporal.Instant.from('2026-06-15T16:00:00Z').epochMilliseconds,
}

const head = `# Events

What partners receive, by webhook and in the feed \`GET /ext/v1/events\`. This page is written by \`npm run events\` from the
\`events.ts\` files of the modules.

An event names what it is about (\`entityId\`) and says that something changed; what it is like now is read with the API.
Integrations receive events of a person only as long as they may see this person. An endpoint that names no types takes those that no
other endpoint of its integration names, but never the ones marked as opt-in. The feed shows a type to keys with one of its
scopes.
`

function section({ type, facts }: DeclaredEvent): string {
  const { when, entity, audience, content = {} } = facts
  const fields = Object.entries(content)
  const examples = Object.fromEntries(fields.map(([name, { example }]) => [name, example]))
  const body = formatBody({ ...sample, type, content: fields.length === 0 ? null : examples })
  return [
    `## ${type}\n`,
    `${when}\n`,
    `- \`entityId\`: ${entity}`,
    ...fields.map(([name, { meaning }]) => `- \`content.${name}\`: ${meaning}`),
    ...(audience === undefined ? [] : [`- sent to: ${audience}`]),
    `- scopes of the feed: ${readScopes[type].map((scope) => `\`${scope}\``).join(' or ')}`,
    ...(isOptIn(type) ? ['- opt-in: endpoints have to name it'] : []),
    `\n\`\`\`json\n${JSON.stringify(JSON.parse(body), null, 2)}\n\`\`\`\n`,
  ].join('\n')
}

const isOptIn = (type: EventType) => optInEventTypes.some((each) => each === type)

function untold(): string {
  const declared = new Set<EventType>(declaredEvents.map(({ type }) => type))
  const types = [...catalogueEventTypes, ...optInEventTypes].filter((type) => !declared.has(type))
  const named = types.map((type) => `- \`${type}\``).join('\n')
  return `## Known, but never sent\n\nEndpoints may name these types; nothing in this version sends them.\n\n${named}\n`
}

const sections = declaredEvents.toSorted((a, b) => (a.type < b.type ? -1 : 1)).map(section)
const page = [head, ...sections, untold()].join('\n')
const file = new URL('../docs/events.md', import.meta.url)
if (!process.argv.includes('--check')) {
  await writeFile(file, page)
} else if ((await readFile(file, 'utf8').catch(() => '')) !== page) {
  console.error('docs/events.md is stale: run npm run events')
  process.exitCode = 1
}
