-- What must never change cannot be changed by mistake. `temoin verify` finds what is done on purpose.
CREATE TRIGGER corroborations_keep BEFORE UPDATE ON corroborations
BEGIN
    SELECT RAISE(ABORT, 'a run of corroboration never changes: run it anew');
END

CREATE TRIGGER corroborations_stay BEFORE DELETE ON corroborations
BEGIN
    SELECT RAISE(ABORT, 'a run of corroboration is never deleted');
END

CREATE TRIGGER pair_decisions_keep BEFORE UPDATE ON pair_decisions
BEGIN
    SELECT RAISE(ABORT, 'a verdict on two claims never changes: decide anew, or undo');
END

CREATE TRIGGER pair_decisions_stay BEFORE DELETE ON pair_decisions
BEGIN
    SELECT RAISE(ABORT, 'a verdict on two claims is never deleted: undo it');
END
