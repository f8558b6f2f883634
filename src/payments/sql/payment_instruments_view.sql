-- The bank account that a customer pays from is part of its view.
create or replace trigger payment_instruments_view_insert AFTER INSERT ON "payment_instruments"
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION palestra_customer_part_changed();

create or replace trigger payment_instruments_view_update AFTER UPDATE ON "payment_instruments"
  REFERENCING NEW TABLE AS changed OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION palestra_customer_part_changed();

create or replace trigger payment_instruments_view_delete AFTER DELETE ON "payment_instruments"
  REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION palestra_customer_part_changed();
