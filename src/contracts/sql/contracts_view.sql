-- What a customer signed is part of its view and of its standing.
create or replace trigger contracts_view_update AFTER UPDATE ON "contracts"
  REFERENCING NEW TABLE AS changed OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION palestra_customer_part_changed();

create or replace trigger contracts_view_insert AFTER INSERT ON "contracts"
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION palestra_customer_part_changed();

create or replace trigger contracts_view_delete AFTER DELETE ON "contracts"
  REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION palestra_customer_part_changed();
