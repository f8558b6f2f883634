-- by hand
SELECT palestra_open_for_lookup('outgoing_mails'::regclass);
--> statement-breakpoint
SELECT palestra_protect_tables();
