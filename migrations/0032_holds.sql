ALTER TABLE "bookings" DROP CONSTRAINT "bookings_confirm_kind_known";--> statement-breakpoint
ALTER TABLE "bookings" ALTER COLUMN "customer_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "bookings" ADD COLUMN "held_by" bigint;--> statement-breakpoint
ALTER TABLE "bookings" ADD COLUMN "held_until" timestamptz;--> statement-breakpoint
ALTER TABLE "bookings" ADD CONSTRAINT "bookings_held_by_fk" FOREIGN KEY ("tenant_id","held_by") REFERENCES "public"."integrations"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bookings" ADD CONSTRAINT "bookings_hold_of_nobody" CHECK (("bookings"."confirm_kind" = 'HOLD') = ("bookings"."customer_id" is null)
        and ("bookings"."customer_id" is not null or ("bookings"."held_by" is not null and not "bookings"."customer_exclusive"
          and "bookings"."status" in ('BOOKED_WITH_CONFIRMATION_REQUIRED', 'CANCELED'))));--> statement-breakpoint
ALTER TABLE "bookings" ADD CONSTRAINT "bookings_held_until_known" CHECK (num_nonnulls("bookings"."held_by", "bookings"."held_until") in (0, 2));--> statement-breakpoint
ALTER TABLE "bookings" ADD CONSTRAINT "bookings_confirm_kind_known" CHECK ("bookings"."confirm_kind" in ('NONE', 'LEAD', 'STAFF', 'HOLD'));