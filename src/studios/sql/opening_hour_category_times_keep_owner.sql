-- Nothing moves a time to another category, so a statement that copies the times of a category need not look at the one before.
create or replace trigger opening_hour_category_times_keep_owner BEFORE UPDATE ON "opening_hour_category_times" FOR EACH ROW
  WHEN (old.category_id <> new.category_id) EXECUTE FUNCTION palestra_keep_owner();
