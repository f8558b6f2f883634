import { sql } from 'drizzle-orm'
import { checkRules, type LedgerFault, ledgerRule } from '../../accounts/index.ts'
import type { Queryable } from '../../platform/database/database.ts'

/** A card number in any of the columns; accounts and cards are sealed, and shown by their last digits. */
const CARD_NUMBER = sql.raw(`'(^|[^0-9])[3-6][0-9]{3}([ -]?[0-9]{4}){2}[ -]?[0-9]{3,4}([^0-9]|$)'`)

const rules = [
  ledgerRule(
    'Of a payment session one request was used at most.',
    sql`select session_id as id from payment_requests where state = 'CONSUMED' group by session_id having count(*) > 1`,
  ),
  ledgerRule(
    'A payment is booked once, for its customer, with its amount.',
    sql`select p.id from payments p join credit_items i on i.tenant_id = p.tenant_id and i.id = p.id
      where (i.customer_id, i.amount, i.currency) is distinct from (p.customer_id, p.amount, p.currency)`,
  ),
  ledgerRule(
    'A request that pays is used by one payment of the amount of its session.',
    sql`select p.id from payments p
      join payment_requests r on r.tenant_id = p.tenant_id and r.id = p.payment_request_id
      join payment_sessions s on s.tenant_id = r.tenant_id and s.id = r.session_id
      where r.state <> 'CONSUMED' or s.amount <> p.amount
        or exists (select from payments other where other.tenant_id = p.tenant_id
          and other.payment_request_id = p.payment_request_id and other.id <> p.id)`,
  ),
  ledgerRule(
    'A payment that is settled by the sandbox was captured once with its amount, and what was captured is a payment.',
    sql`select coalesce(p.id, c.id) as id from payments p
      full join sandbox_charges c on c.tenant_id = p.tenant_id and c.key = p.provider_key
      where (p.state = 'SETTLED' and c.id is not null
          and (c.state not in ('CAPTURED', 'DISPUTED') or c.amount <> p.amount or c.currency <> p.currency))
        or (c.state = 'CAPTURED' and c.amount > 0 and p.id is null)`,
  ),
  ledgerRule(
    'A payment that failed or was returned is taken back whole, and once.',
    sql`select p.id from payments p join credit_items i on i.tenant_id = p.tenant_id and i.id = p.id
      where (p.state in ('FAILED', 'REVERSED') and i.reversed <> i.amount) or i.reversed > i.amount`,
  ),
  ledgerRule(
    'What a payment run collects is what its claims add up to.',
    sql`select item.id from payment_run_items item where (item.state = 'EXPORTED' and item.amount <> (
        select coalesce(sum(part.amount), 0) from payment_run_item_claims part
        where part.tenant_id = item.tenant_id and part.item_id = item.id and part.is_live))
      or exists (select from payments p where p.tenant_id = item.tenant_id and p.run_item_id = item.id
        and p.amount <> item.amount)`,
  ),
  ledgerRule(
    'A claim is in one live collection at most, and in none while an agency has it.',
    sql`select part.claim_id as id from payment_run_item_claims part
      join payment_run_items item on item.tenant_id = part.tenant_id and item.id = part.item_id
      join debt_claims c on c.tenant_id = part.tenant_id and c.id = part.claim_id
      where part.is_live and item.state = 'EXPORTED'
      group by part.claim_id having count(*) > 1 or bool_or(c.collection_state <> 'NONE')`,
  ),
  ledgerRule(
    'The file of a payment run is the one that was exported.',
    sql`select r.id from payment_runs r join files f on f.tenant_id = r.tenant_id and f.id = r.file_id
      where f.sha256 <> r.file_sha256`,
  ),
  ledgerRule(
    'No row holds the number of a card or a token that can be used.',
    sql`select i.id from payment_instruments i
      where concat_ws('|', i.holder, i.bank, i.bic, i.brand, i.last4, i.mandate_ref) ~ ${CARD_NUMBER}
        or length(i.token_sha256) <> 32
      union all select s.id from payment_sessions s
        where s.reference_text ~ ${CARD_NUMBER} or length(s.token_sha256) <> 32
      union all select r.id from payment_requests r where length(r.token_sha256) <> 32
      union all select e.id from journal_entries e
        where concat_ws('|', e.description, e.idempotency_key) ~ ${CARD_NUMBER}
      union all select c.id from debt_claims c where c.description ~ ${CARD_NUMBER}`,
  ),
]

/** Everything about payments that does not agree with the books; empty when all of it does. */
export function checkPayments(db: Queryable): Promise<LedgerFault[]> {
  return checkRules(db, rules)
}
