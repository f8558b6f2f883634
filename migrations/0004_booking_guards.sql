-- What the schema language cannot say. Keys are wrapped in ranges so that no extension is needed.
-- An exclusive resource is never taken twice at the same time. Half-open: touching blocks do not collide.
ALTER TABLE "resource_allocations" ADD CONSTRAINT "resource_allocations_exclusive" EXCLUDE USING gist (
  int8range(tenant_id, tenant_id, '[]') WITH &&, int8range(resource_id, resource_id, '[]') WITH &&, during WITH &&
) WHERE (active AND exclusive);
--> statement-breakpoint
CREATE INDEX "resource_allocations_during" ON "resource_allocations" USING gist (
  int8range(tenant_id, tenant_id, '[]'), int8range(resource_id, resource_id, '[]'), during
) WHERE active;
--> statement-breakpoint
-- A customer is in one place at a time.
ALTER TABLE "bookings" ADD CONSTRAINT "bookings_customer_exclusive" EXCLUDE USING gist (
  int8range(tenant_id, tenant_id, '[]') WITH &&, int8range(customer_id, customer_id, '[]') WITH &&, during WITH &&
) WHERE (customer_exclusive AND status IN ('BOOKED', 'BOOKED_WITH_CONFIRMATION_REQUIRED'));
--> statement-breakpoint
-- Live pauses of a contract never overlap; both dates count, no end date = without end.
ALTER TABLE "idle_periods" ADD CONSTRAINT "idle_periods_no_overlap" EXCLUDE USING gist (
  int8range(tenant_id, tenant_id, '[]') WITH &&, int8range(contract_id, contract_id, '[]') WITH &&,
  daterange(start_date, end_date, '[]') WITH &&
) WHERE (state IN ('PENDING_VERIFICATION', 'ACCEPTED'));
--> statement-breakpoint
-- References upwards in the order of the modules, which the table files of the lower modules must not import.
ALTER TABLE "bookings" ADD CONSTRAINT "bookings_appointment_id_fk" FOREIGN KEY ("tenant_id", "appointment_id") REFERENCES "appointments" ("tenant_id", "id");
--> statement-breakpoint
ALTER TABLE "entitlement_usages" ADD CONSTRAINT "entitlement_usages_booking_id_fk" FOREIGN KEY ("tenant_id", "booking_id") REFERENCES "bookings" ("tenant_id", "id");
--> statement-breakpoint
-- Rows whose counters change all the time keep room on their page, so that an update need not touch the indexes.
ALTER TABLE "class_slots" SET (fillfactor = 80);
--> statement-breakpoint
ALTER TABLE "customer_number_counters" SET (fillfactor = 50);
--> statement-breakpoint
ALTER TABLE "customer_accounts" SET (fillfactor = 80);
--> statement-breakpoint
CREATE FUNCTION palestra_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END
$$;
--> statement-breakpoint
CREATE TRIGGER consent_log_append_only BEFORE UPDATE ON "consent_log" FOR EACH ROW EXECUTE FUNCTION palestra_refuse_change();
--> statement-breakpoint
SELECT palestra_protect_tables();
