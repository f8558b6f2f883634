/**
 * The floors: bare Fastify with one prepared statement per request, nothing else. What Palestra does besides (key, scope,
 * rate limit, tenant, checks, language, trace) is the price that the ratios show.
 */
import fastify from 'fastify'
import pg from 'pg'
import sharp from 'sharp'
import { ids } from './world.ts'

const pool = new pg.Pool({ connectionString: process.env['FLOOR_DATABASE_URL'], max: 20 })
const app = fastify()

app.get('/customers/:id', async (request) => {
  const { id } = request.params as { id: string }
  const { rows } = await pool.query({
    name: 'customer',
    text: 'select doc from floor_customers where id = $1',
    values: [id],
  })
  return rows[0].doc
})

const slice = 'select doc from floor_customers where id > $1 order by id limit 500'

app.get('/customers', async (request) => {
  const { after } = request.query as { after: string }
  const { rows } = await pool.query({ name: 'slice', text: slice, values: [after] })
  return rows.map(({ doc }) => doc)
})

const named = `
  select d.doc from customers c join floor_customers d on d.id = c.id
  where c.tenant_id = $1 and c.studio_id = $2 and c.last_fold >= $3 and c.last_fold < $3 || 'zzzz' and c.erased_at is null
  order by c.last_fold, c.first_fold, c.id limit 501`

app.get('/names/:name', async (request) => {
  const { name } = request.params as { name: string }
  const { rows } = await pool.query({ name: 'named', text: named, values: [ids.tenant, ids.studio, name] })
  return rows.map(({ doc }) => doc)
})

const whoMayEnter = `
  select m.customer_id,
    exists (select from access_restrictions r where r.tenant_id = m.tenant_id and r.customer_id = m.customer_id) as kept_out,
    exists (select from contracts c where c.tenant_id = m.tenant_id and c.customer_id = m.customer_id
      and c.start_date <= $3 and c.committed_end >= $3) as may_enter
  from access_mediums m where m.tenant_id = $1 and m.type = 'CARD_NUMBER' and m.value_norm = $2 and m.removed_at is null`

app.post('/access', async (request) => {
  const { identification } = request.body as { identification: { value: string } }
  const values = [ids.tenant, identification.value, process.env['FLOOR_FROM']]
  const { rows } = await pool.query({ name: 'access', text: whoMayEnter, values })
  return rows[0]
})

const slotRows = `
  select s.id, s.start, s."end", s.max_participants, s.max_waiting, s.booked_count, s.additional_participants, s.waiting_count,
    c.title, r.id as room_id, r.name, r.description,
    (select json_agg(json_build_object('id', e.id, 'firstName', e.first_name, 'lastName', e.last_name, 'publicName', e.public_name) order by e.id)
     from class_slot_instructors i join employees e on e.tenant_id = i.tenant_id and e.id = i.employee_id
     where i.tenant_id = s.tenant_id and i.slot_id = s.id) as instructors
  from class_slots s join classes c on c.tenant_id = s.tenant_id and c.id = s.class_id
    left join resources r on r.tenant_id = s.tenant_id and r.id = s.location_id
  where s.tenant_id = $1 and s.class_id = $2 and s.status = 'PLANNED' and s.start >= $3 and s.start < $4
  order by s.start, s.id limit 101`

app.get('/slots', async () => {
  const values = [ids.tenant, ids.groupClass, process.env['FLOOR_FROM'], process.env['FLOOR_UNTIL']]
  const { rows } = await pool.query({ name: 'slots', text: slotRows, values })
  return { result: rows.slice(0, 100), hasNext: rows.length > 100, offset: '100' }
})

const weekRows = `
  select a.resource_id, lower(a.during) as from, upper(a.during) as until, e.first_name, e.last_name
  from requirement_resources p join resources r on r.tenant_id = p.tenant_id and r.id = p.resource_id
    join employees e on e.tenant_id = r.tenant_id and e.id = r.employee_id
    join resource_allocations a on a.tenant_id = r.tenant_id and a.resource_id = r.id and a.active
  where p.tenant_id = $1 and p.bookable_id = $2 and a.during && tstzrange($3, $4)`

/** The answer that the other side gives, as an object: it is serialised anew for each request. */
let appointmentSlots: unknown = []

app.put('/appointment-slots', { bodyLimit: 10_000_000 }, async (request) => {
  appointmentSlots = request.body
})

app.get('/appointment-slots', async () => {
  const values = [ids.tenant, ids.bookable, process.env['FLOOR_FROM'], process.env['FLOOR_UNTIL']]
  await pool.query({ name: 'week', text: weekRows, values })
  return appointmentSlots
})

app.addContentTypeParser('image/jpeg', { parseAs: 'buffer', bodyLimit: 20_000_000 }, (_request, body, done) =>
  done(null, body),
)

app.put('/photos', { bodyLimit: 20_000_000 }, async (request) => {
  const picture = sharp(request.body as Buffer)
    .autoOrient()
    .flatten({ background: '#ffffff' })
  const fitted = picture.resize({ width: 1200, height: 1200, fit: 'inside', withoutEnlargement: true })
  return { size: (await fitted.toColourspace('srgb').jpeg({ quality: 85 }).toBuffer()).length }
})

await app.listen({ host: '127.0.0.1', port: Number(process.env['FLOOR_PORT']) })
