-- Nothing moves a cancelation to another contract, so its triggers need not look at the one before.
create or replace trigger contract_cancelations_keep_owner BEFORE UPDATE ON "contract_cancelations" FOR EACH ROW
  WHEN (old.contract_id IS DISTINCT FROM new.contract_id OR old.sub_contract_id IS DISTINCT FROM new.sub_contract_id)
  EXECUTE FUNCTION palestra_keep_owner();
