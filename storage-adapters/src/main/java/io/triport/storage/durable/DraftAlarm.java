package io.triport.storage.durable;

import io.triport.domain.durable.ObjectAlarm;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The alarm as an event sees it. Used by the event's thread alone. */
final class DraftAlarm implements ObjectAlarm {
    private final Turn turn;
    private final Draft draft;
    /** The one that the event works on, until it sets another. */
    private @Nullable StoredAlarm goneOff;

    DraftAlarm(Turn turn, Draft draft) {
        this.turn = turn;
        this.draft = draft;
    }

    @Override
    public Optional<Instant> get() {
        turn.requireAlone();
        return switch (draft.alarm()) {
            case AlarmChange.Becomes becomes -> Optional.of(becomes.alarm().scheduledAt());
            case AlarmChange.Goes goes -> Optional.empty();
            case AlarmChange.Ends ends -> Optional.empty();
            case AlarmChange.Stays stays ->
                turn.store()
                        .alarm(turn.tenure())
                        .filter(stored -> !stored.equals(goneOff))
                        .map(StoredAlarm::scheduledAt);
        };
    }

    @Override
    public void set(Instant when) {
        turn.requireWritable();
        draft.change(new AlarmChange.Becomes(StoredAlarm.at(when.truncatedTo(ChronoUnit.MILLIS))));
    }

    @Override
    public void delete() {
        turn.requireWritable();
        draft.change(AlarmChange.GOES);
    }

    void goesOff(StoredAlarm alarm) {
        goneOff = alarm;
    }

    /** From now on there is another in its place, or none. */
    void committed(AlarmChange change) {
        if (!(change instanceof AlarmChange.Stays)) {
            goneOff = null;
        }
    }

    /** Ends the one that went off with the event's last commit, unless the event has put another in its place. */
    void end() {
        if (goneOff != null && draft.alarm() instanceof AlarmChange.Stays) {
            draft.change(new AlarmChange.Ends(goneOff));
        }
    }
}
