-- The tables did not change. Three references now point to modules that come later, so they are kept by the migrations
-- alone and no longer declared in code: bookings_class_slot_id_fk, entitlements_contract_id_fk and
-- entitlements_sub_contract_id_fk.
select 1;
