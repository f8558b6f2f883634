/** Each finds what must not be: rows that are there without the ones that belong to them. */
export const halfDone: Readonly<Record<string, string>> = {
  'a slot counts as many seats as it has bookings': `
    select s.id from class_slots s left join bookings b on b.tenant_id = s.tenant_id and b.class_slot_id = s.id
    group by s.tenant_id, s.id, s.booked_count, s.waiting_count
    having s.booked_count <> count(*) filter (where b.status in ('BOOKED', 'BOOKED_WITH_CONFIRMATION_REQUIRED'))
      or s.waiting_count <> count(*) filter (where b.status = 'WAITING_LIST')`,
  'a slot has no more bookings than seats': `
    select id from class_slots where booked_count > max_participants or waiting_count > max_waiting`,
  'a booking has one event of its creation': `
    select b.id from bookings b left join outbox_events e on e.tenant_id = b.tenant_id and e.entity_id = b.id
      and e.type in ('CLASS_BOOKING_CREATED', 'APPOINTMENT_BOOKING_CREATED')
    where b.customer_id is not null group by b.tenant_id, b.id, b.status
    having count(e.id) <> case b.status when 'BOOKED_WITH_CONFIRMATION_REQUIRED' then 0 else 1 end`,
  'a canceled booking, and only such a one, has one event of its end': `
    select b.id from bookings b left join outbox_events e on e.tenant_id = b.tenant_id and e.entity_id = b.id
      and e.type in ('CLASS_BOOKING_CANCELLED', 'APPOINTMENT_BOOKING_CANCELLED')
    where b.customer_id is not null
    group by b.tenant_id, b.id, b.status having count(e.id) <> case b.status when 'CANCELED' then 1 else 0 end`,
  'a hold has no event': `
    select b.id from bookings b join outbox_events e on e.tenant_id = b.tenant_id and e.entity_id = b.id
    where b.customer_id is null`,
  'a hold, also a used one, has its line in the audit log, and one of its end where it has ended': `
    select b.id from bookings b left join audit_log a on a.tenant_id = b.tenant_id and a.entity_kind = 'hold'
      and a.entity_id = b.id where b.held_by is not null group by b.tenant_id, b.id, b.customer_id, b.status
    having count(a.id) filter (where a.action = 'hold.created') <> 1 or count(a.id) filter (where a.action = 'hold.canceled')
      <> case when b.customer_id is null and b.status = 'CANCELED' then 1 else 0 end`,
  'an event of a booking has its booking': `
    select e.id from outbox_events e where e.type like '%\\_BOOKING\\_%'
      and not exists (select from bookings b where b.tenant_id = e.tenant_id and b.id = e.entity_id)`,
  'a booking has its line in the audit log': `
    select b.id from bookings b where b.customer_id is not null and not exists (
      select from audit_log a where a.tenant_id = b.tenant_id and a.entity_kind = 'booking' and a.entity_id = b.id)`,
  'an event has a line of the same request in the audit log': `
    select e.id from outbox_events e where not exists (
      select from audit_log a where a.tenant_id = e.tenant_id and a.trace_id = e.trace_id)`,
  'a booked seat has one use of an entitlement, any other none': `
    select b.id from bookings b left join entitlement_usages u on u.tenant_id = b.tenant_id and u.booking_id = b.id
      and u.state <> 'RELEASED'
    group by b.tenant_id, b.id, b.status, b.trial_offer_config_id
    having count(u.id) <> case when b.status = 'BOOKED' and b.trial_offer_config_id is null then 1 else 0 end`,
  'a use has its booking': `
    select u.id from entitlement_usages u
    where not exists (select from bookings b where b.tenant_id = u.tenant_id and b.id = u.booking_id)`,
  'a planned appointment has a booking and occupies the trainer whom it requires': `
    select a.id from appointments a where a.status = 'PLANNED' and not (
      exists (select from bookings b where b.tenant_id = a.tenant_id and b.appointment_id = a.id
        and b.status in ('BOOKED', 'BOOKED_WITH_CONFIRMATION_REQUIRED'))
      and (exists (select from resource_allocations r where r.tenant_id = a.tenant_id and r.source_id = a.id and r.active)
        or not exists (select from requirements q where q.tenant_id = a.tenant_id and q.bookable_id = a.bookable_id)))`,
  'nothing is occupied for an appointment that is not there': `
    select r.id from resource_allocations r where r.source = 'APPOINTMENT' and r.active and not exists (
      select from appointments a where a.tenant_id = r.tenant_id and a.id = r.source_id and a.status = 'PLANNED')`,
  'a counter of a benefit equals the uses that were not taken back': `
    select k.rule_id from benefit_counters k left join benefit_usages u on u.tenant_id = k.tenant_id
      and u.customer_id = k.customer_id and u.rule_id = k.rule_id and u.contract_id = k.contract_id
      and u.period_start = k.period_start and u.reversed_at is null
    group by k.tenant_id, k.customer_id, k.rule_id, k.contract_id, k.period_start, k.used having k.used <> count(u.id)`,
  'a use of a limited benefit has its counter': `
    select u.id from benefit_usages u where u.period_start is not null and not exists (
      select from benefit_counters k where k.tenant_id = u.tenant_id and k.customer_id = u.customer_id
        and k.rule_id = u.rule_id and k.contract_id = u.contract_id and k.period_start = u.period_start)`,
  'a voucher counts as many redemptions as it has': `
    select v.id from checkin_vouchers v left join checkin_voucher_redemptions r
      on r.tenant_id = v.tenant_id and r.voucher_id = v.id
    group by v.tenant_id, v.id, v.redeemed having v.redeemed <> count(r.id)`,
  'a customer who came by a voucher has redeemed one': `
    select c.id from customers c where c.source = 'VOUCHER' and not exists (
      select from checkin_voucher_redemptions r where r.tenant_id = c.tenant_id and r.customer_id = c.id)`,
  'a customer who was created over the API has one event of it': `
    select c.id from customers c left join outbox_events e on e.tenant_id = c.tenant_id and e.entity_id = c.id
      and e.type = 'CUSTOMER_CREATED'
    where c.source in ('API', 'VOUCHER', 'LEAD', 'TRIAL_OFFER') group by c.tenant_id, c.id having count(e.id) <> 1`,
  'a visit has its line in the audit log, and one of its end where it has ended': `
    select v.id from check_ins v left join audit_log a on a.tenant_id = v.tenant_id and a.entity_kind = 'visit'
      and a.entity_id = v.id where v.in_source = 'API' or v.device_id is not null group by v.tenant_id, v.id, v.checked_out_at
    having count(a.id) filter (where a.action = 'visit.begun') <> 1
      or count(a.id) filter (where a.action = 'visit.ended') <> case when v.checked_out_at is null then 0 else 1 end`,
  'a customer has come and gone as often as partners received it': `
    select c.id from customers c
      left join (select customer_id, count(*) as came, count(checked_out_at) as went from check_ins
        where in_source = 'API' or device_id is not null group by 1) v on v.customer_id = c.id
      left join (select entity_id, count(*) filter (where type = 'CUSTOMER_CHECKIN') as came,
        count(*) filter (where type = 'CUSTOMER_CHECKOUT') as went from outbox_events group by 1) e on e.entity_id = c.id
    where coalesce(v.came, 0) <> coalesce(e.came, 0) or coalesce(v.went, 0) <> coalesce(e.went, 0)`,
  'a conversation has something said in it, and everything said has its line in the audit log': `
    select t.id from communication_threads t where t.integration_id is not null and length(t.subject) = 32 and not exists (
      select from communications c join audit_log a on a.tenant_id = c.tenant_id
        and a.entity_kind = 'communication' and a.entity_id = c.id
      where c.tenant_id = t.tenant_id and c.thread_id = t.id)`,
  'a lead is about a customer, and has its line in the audit log': `
    select l.id from leads l where not exists (
      select from customers c where c.tenant_id = l.tenant_id and c.id = l.customer_id)`,
  'a customer who was moved belongs to the studio where the move has ended': `
    select h.id from customer_studio_history h join customers c on c.tenant_id = h.tenant_id and c.id = h.customer_id
    where c.studio_id <> h.to_studio`,
  'a use of a device for a benefit has the use of that benefit, and its line in the log': `
    select u.id from device_usages u where not exists (
        select from benefit_usages b where b.tenant_id = u.tenant_id and b.id = u.benefit_usage_id)
      or not exists (select from device_access_log l where l.tenant_id = u.tenant_id and l.device_id = u.device_id
        and l.customer_id = u.customer_id and l.at = u.at and l.outcome = 'DONE')`,
  'whatever a device did has its line in the log': `
    select v.id from check_ins v where v.device_id is not null and not exists (
      select from device_access_log l where l.tenant_id = v.tenant_id and l.device_id = v.device_id
        and l.customer_id = v.customer_id and l.at = v.checked_in_at and l.outcome = 'DONE')`,
  'what was signed has its document, printed or waiting': `
    select c.id from contracts c where c.created_at > '2026-06-01' and not exists (
      select from contract_documents d where d.tenant_id = c.tenant_id and d.contract_id = c.id)`,
  'a printed document is on record, once': `
    select d.contract_id from contract_documents d where d.file_id is not null and d.created_at > '2026-06-01' and 1 <> (
      select count(*) from audit_log a where a.tenant_id = d.tenant_id and a.entity_kind = 'contract'
        and a.entity_id = d.contract_id and a.action = 'contract.documentPrinted')`,
  'a remembered answer about a booking has the booking': `
    select r.idem_key from idempotency_records r
    where r.operation in ('bookClassSlot', 'bookAppointmentBooking') and not exists (
      select from bookings b where b.tenant_id = r.tenant_id
        and b.id = (convert_from(r.body, 'UTF8')::json ->> 'bookingId')::bigint)`,
  'a remembered answer about a customer has the customer': `
    select r.idem_key from idempotency_records r where r.operation = 'createCustomer' and not exists (
      select from customers c where c.tenant_id = r.tenant_id
        and c.id = (convert_from(r.body, 'UTF8')::json ->> 'customerId')::bigint)`,
}

/** Rows of the load by the name that the audit log has for them; those that were there before are older. */
const audited: Readonly<Record<string, string>> = {
  access_mediums: 'accessMedium',
  access_restrictions: 'accessRestriction',
  benefit_usages: 'benefitUsage',
  check_ins: 'visit',
  communications: 'communication',
  customer_amendments: 'amendment',
  customer_documents: 'customerDocument',
  customers: 'customer',
  device_usages: 'deviceUsage',
  leads: 'lead',
  vending_transactions: 'vendingTransaction',
  weighings: 'weighing',
}

/** Rows that nobody is on record for. */
export const unexplained: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(audited).map(([table, kind]) => [
    `a row of ${table} has its line in the audit log`,
    `select r.id from ${table} r where r.created_at > '2026-06-01' and not exists (
       select from audit_log a where a.tenant_id = r.tenant_id and a.entity_kind = '${kind}' and a.entity_id = r.id)`,
  ]),
)
