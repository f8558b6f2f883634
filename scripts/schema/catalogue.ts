import type pg from 'pg'

/** One function, trigger or view of a database. */
export interface Definition {
  readonly kind: 'function' | 'trigger' | 'view'
  /** Without its parameters or table. */
  readonly name: string
  /** As `drop` wants it: `f(bigint)`, `t on customers`. */
  readonly identity: string
  /** All that counts: text, owner, who may call it. */
  readonly text: string
  /** What `create or replace` cannot change: parameters, result, owner. */
  readonly shape: string
}

/** Whom the migrations name: other roles differ from database to database. */
const knownRoles = `('palestra_app', 'palestra_lookup')`

/** Rights of the roles that the migrations make, and of everybody, as text. */
export const selectRights = (acl: string) => `coalesce((
  select string_agg(format('grant %s to %s', x.privilege_type, coalesce(r.rolname, 'public')), '; '
    order by coalesce(r.rolname, 'public'), x.privilege_type)
  from aclexplode(${acl}) x left join pg_roles r on r.oid = x.grantee
  where x.grantee = 0 or r.rolname in ${knownRoles}), '')`

const definitions = `
  select 'function' as kind, p.proname as name, p.oid::regprocedure::text as identity,
    concat_ws(E'\\n', trim(trailing E'\\n' from pg_get_functiondef(p.oid)) || ';',
      case when r.rolname in ${knownRoles} then format('-- owner: %s', r.rolname) end,
      '-- ' || nullif(${selectRights(`coalesce(p.proacl, acldefault('f', p.proowner))`)}, '')) as text,
    concat_ws(' ', pg_get_function_arguments(p.oid), pg_get_function_result(p.oid),
      case when r.rolname in ${knownRoles} then r.rolname end) as shape
  from pg_proc p join pg_roles r on r.oid = p.proowner
  where p.pronamespace = 'public'::regnamespace
    and not exists (select from pg_depend d where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e')
  union all
  select 'trigger', t.tgname, format('%I on %s', t.tgname, t.tgrelid::regclass), pg_get_triggerdef(t.oid) || ';', ''
  from pg_trigger t join pg_class c on c.oid = t.tgrelid
  where not t.tgisinternal and c.relnamespace = 'public'::regnamespace
  union all
  select 'view', c.relname, c.oid::regclass::text,
    concat_ws(E'\\n', format('CREATE VIEW %s AS', c.oid::regclass), pg_get_viewdef(c.oid),
      '-- ' || nullif(${selectRights('c.relacl')}, '')),
    (select string_agg(format('%s %s', a.attname, format_type(a.atttypid, a.atttypmod)), ', ' order by a.attnum)
      from pg_attribute a where a.attrelid = c.oid and a.attnum > 0)
  from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'v'
  order by 1, 3`

/** Functions, triggers and views of the schema `public`, in a stable order. */
export async function readDefinitions(client: pg.Client): Promise<Definition[]> {
  const { rows } = await client.query<Definition>(definitions)
  return rows.toSorted((a, b) => compare(a.kind, b.kind) || compare(a.identity, b.identity))
}

/** By code point: the order must not depend on the locale of the database. */
export const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
