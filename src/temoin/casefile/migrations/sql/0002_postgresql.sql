-- What must never change cannot be changed by mistake. `temoin verify` finds what is done on purpose.
CREATE TRIGGER corroborations_keep BEFORE UPDATE ON corroborations
FOR EACH ROW EXECUTE FUNCTION temoin_refuse('a run of corroboration never changes: run it anew')

CREATE TRIGGER corroborations_stay BEFORE DELETE ON corroborations
FOR EACH ROW EXECUTE FUNCTION temoin_refuse('a run of corroboration is never deleted')

CREATE TRIGGER pair_decisions_keep BEFORE UPDATE ON pair_decisions
FOR EACH ROW EXECUTE FUNCTION temoin_refuse('a verdict on two claims never changes: decide anew, or undo')

CREATE TRIGGER pair_decisions_stay BEFORE DELETE ON pair_decisions
FOR EACH ROW EXECUTE FUNCTION temoin_refuse('a verdict on two claims is never deleted: undo it')
