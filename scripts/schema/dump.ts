import type pg from 'pg'
import { compare, type Definition, readDefinitions, selectRights } from './catalogue.ts'

const heading = `-- The schema after all migrations, printed from the catalogue by \`npm run schema\`: to read and to compare, not to run.
-- A table is followed by its indexes, policies, rights and triggers; functions and views come at the end.`

interface TableText {
  readonly name: string
  readonly head: string
  readonly columns: readonly string[]
  readonly constraints: readonly string[]
  readonly options: string
  readonly after: readonly string[]
}

const sequences = `
  select format('CREATE SEQUENCE %I AS %s START WITH %s MAXVALUE %s CACHE %s;', c.relname, format_type(s.seqtypid, null),
    s.seqstart, s.seqmax, s.seqcache) || E'\\n-- ' || ${selectRights('c.relacl')} as text
  from pg_sequence s join pg_class c on c.oid = s.seqrelid where c.relnamespace = 'public'::regnamespace
  order by c.relname collate "C"`

const tables = `
  select c.relname as name,
    case c.relpersistence when 'u' then 'CREATE UNLOGGED TABLE' else 'CREATE TABLE' end as head,
    array(select concat_ws(' ', format('%I %s', a.attname, format_type(a.atttypid, a.atttypmod)),
        case when a.attgenerated = 's' then format('GENERATED ALWAYS AS (%s) STORED', pg_get_expr(d.adbin, d.adrelid))
          when d.adbin is not null then 'DEFAULT ' || pg_get_expr(d.adbin, d.adrelid) end,
        case when a.attnotnull then 'NOT NULL' end)
      from pg_attribute a left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
      where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped order by a.attnum) as columns,
    array(select format('CONSTRAINT %I %s', k.conname, pg_get_constraintdef(k.oid)) from pg_constraint k
      where k.conrelid = c.oid and k.contype in ('p', 'u', 'f', 'c', 'x')
      order by array_position('{p,u,x,f,c}'::text[], k.contype::text), k.conname collate "C") as constraints,
    coalesce(array_to_string(c.reloptions, ', '), '') as options,
    array(select pg_get_indexdef(i.indexrelid) || ';' from pg_index i join pg_class x on x.oid = i.indexrelid
      where i.indrelid = c.oid and not exists (select from pg_constraint k where k.conindid = i.indexrelid and k.conrelid = c.oid)
      order by x.relname collate "C")
    || array(select format('ALTER TABLE %I %s ROW LEVEL SECURITY;', c.relname, word)
      from (values (c.relrowsecurity, 'ENABLE'), (c.relforcerowsecurity, 'FORCE')) as said (so, word) where so)
    || array(select concat_ws(' ', format('CREATE POLICY %I ON %I', p.polname, c.relname),
        case p.polcmd when '*' then 'FOR ALL' when 'r' then 'FOR SELECT' when 'a' then 'FOR INSERT' when 'w' then 'FOR UPDATE'
          else 'FOR DELETE' end,
        'TO ' || coalesce((select string_agg(r.rolname, ', ' order by r.rolname) from pg_roles r where r.oid = any (p.polroles)),
          'public'),
        format('USING (%s)', pg_get_expr(p.polqual, p.polrelid)),
        'WITH CHECK (' || pg_get_expr(p.polwithcheck, p.polrelid) || ')') || ';'
      from pg_policy p where p.polrelid = c.oid order by p.polname collate "C")
    || array(select '-- ' || nullif(${selectRights('c.relacl')}, '')) as after
  from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
  order by c.relname collate "C"`

function printTable(table: TableText, triggers: readonly Definition[]): string {
  const body = [...table.columns, ...table.constraints].map((line) => `  ${line}`).join(',\n')
  const options = table.options === '' ? '' : ` WITH (${table.options})`
  const own = triggers.filter(({ identity }) => identity.endsWith(` on ${table.name}`)).map(({ text }) => text)
  return [`${table.head} ${table.name} (\n${body}\n)${options};`, ...table.after, ...own].join('\n')
}

/** The whole schema as text, the same for the same schema whatever way it came about. */
export async function dumpSchema(client: pg.Client): Promise<string> {
  const found = await readDefinitions(client)
  const triggers = found.filter(({ kind }) => kind === 'trigger')
  const rest = found.filter(({ kind }) => kind !== 'trigger')
  const { rows: ids } = await client.query<{ text: string }>(sequences)
  const { rows } = await client.query<TableText>(tables)
  const printed = rows.toSorted((a, b) => compare(a.name, b.name)).map((table) => printTable(table, triggers))
  return `${[heading, ...ids.map(({ text }) => text), ...printed, ...rest.map(({ text }) => text)].join('\n\n')}\n`
}
