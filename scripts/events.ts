// Writes docs/events.md from the declarations of the modules; with --check only says whether it is stale.
import { readFile, writeFile } from 'node:fs/promises'
import { declaredEvents, publishedEvents } from '../src/event-catalogue.ts'
import type { PublishedEvent } from '../src/platform/api/openapi-webhooks.ts'
import { catalogueEventTypes, type EventType, optInEventTypes } from '../src/platform/units/events.ts'
import { readScopes } from '../src/webhooks/read-scopes.ts'

const head = `# Events

What partners receive, by webhook and in the feed \`GET /ext/v1/events\`. This page is written by \`npm run events\` from the
\`events.ts\` files of the modules.

An event names what it is about (\`entityId\`) and says that something changed; what it is like now is read with the API.
Integrations receive events of a person only as long as they may see this person. An endpoint that names no types takes those that no
other endpoint of its integration names, but never the ones marked as opt-in. The feed shows a type to keys with one of its
scopes.
`

function section({ type, when, entity, content, isOptIn, example }: PublishedEvent): string {
  const audience = audiences.get(type)
  return [
    `## ${type}\n`,
    `${when}\n`,
    `- \`entityId\`: ${entity}`,
    ...Object.entries(content).map(([name, { meaning }]) => `- \`content.${name}\`: ${meaning}`),
    ...(audience === undefined ? [] : [`- sent to: ${audience}`]),
    `- scopes of the feed: ${readScopes[type as EventType].map((scope) => `\`${scope}\``).join(' or ')}`,
    ...(isOptIn ? ['- opt-in: endpoints have to name it'] : []),
    `\n\`\`\`json\n${JSON.stringify(example, null, 2)}\n\`\`\`\n`,
  ].join('\n')
}

const audiences = new Map<string, string | undefined>(declaredEvents.map(({ type, facts }) => [type, facts.audience]))

function untold(): string {
  const declared = new Set<EventType>(declaredEvents.map(({ type }) => type))
  const types = [...catalogueEventTypes, ...optInEventTypes].filter((type) => !declared.has(type))
  const named = types.map((type) => `- \`${type}\``).join('\n')
  return `## Known, but never sent\n\nEndpoints may name these types; nothing in this version sends them.\n\n${named}\n`
}

const sections = publishedEvents.toSorted((a, b) => (a.type < b.type ? -1 : 1)).map(section)
const page = [head, ...sections, untold()].join('\n')
const file = new URL('../docs/events.md', import.meta.url)
if (!process.argv.includes('--check')) {
  await writeFile(file, page)
} else if ((await readFile(file, 'utf8').catch(() => '')) !== page) {
  console.error('docs/events.md is stale: run npm run events')
  process.exitCode = 1
}
