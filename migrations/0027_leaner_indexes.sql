DROP INDEX "bookings_one_per_slot";--> statement-breakpoint
DROP INDEX "bookings_one_per_appointment";--> statement-breakpoint
DROP INDEX "audit_log_seal";--> statement-breakpoint
CREATE UNIQUE INDEX "bookings_one_per_slot" ON "bookings" USING btree ("tenant_id","class_slot_id","customer_id") WHERE "bookings"."status" <> 'CANCELED' and "bookings"."class_slot_id" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "bookings_one_per_appointment" ON "bookings" USING btree ("tenant_id","appointment_id","customer_id") WHERE "bookings"."status" <> 'CANCELED' and "bookings"."appointment_id" is not null;--> statement-breakpoint
CREATE INDEX "audit_log_seal" ON "audit_log" USING btree ("tenant_id","seal_no","id") WHERE "audit_log"."seal_no" is not null;