package io.triport.testkit;

import io.triport.domain.request.TaskName;
import io.triport.domain.schedule.Tick;
import io.triport.domain.schedule.TickClaim;
import io.triport.domain.schedule.TickLedger;
import io.triport.domain.schedule.TickMark;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Ticks in a map. Its monitor guards it. */
public final class FakeTickLedger implements TickLedger {
    private final Map<TaskName, Claimed> schedules = new HashMap<>();

    /** @param until EPOCH when the run has ended */
    private record Claimed(Tick tick, Instant until) {
        boolean ended() {
            return until.equals(Instant.EPOCH);
        }

        boolean idleSince(Instant moment) {
            return ended() && tick.dueAt().isBefore(moment);
        }
    }

    @Override
    public synchronized Optional<Tick> claim(TaskName schedule, TickClaim claim) {
        var last = schedules.get(schedule);
        if (last == null) {
            schedules.put(schedule, new Claimed(new Tick(schedule, claim.now(), 1), Instant.EPOCH));
            return Optional.empty();
        }
        if (!last.ended()) {
            return last.until().isAfter(claim.now())
                    ? Optional.empty()
                    : claimed(
                            new Tick(schedule, last.tick().dueAt(), last.tick().attempt() + 1), claim);
        }
        return claim.newest().isAfter(last.tick().dueAt())
                ? claimed(new Tick(schedule, claim.newest(), 1), claim)
                : Optional.empty();
    }

    @Override
    public synchronized boolean hold(Tick tick, Instant until) {
        if (!runs(tick)) {
            return false;
        }
        schedules.put(tick.schedule(), new Claimed(tick, until));
        return true;
    }

    @Override
    public synchronized void done(Tick tick) {
        if (runs(tick)) {
            schedules.put(tick.schedule(), new Claimed(tick, Instant.EPOCH));
        }
    }

    @Override
    public synchronized List<TickMark> marks() {
        return schedules.values().stream()
                .map(last -> new TickMark(last.tick(), last.ended() ? TickMark.Run.ENDED : begun(last)))
                .sorted(Comparator.comparing(mark -> mark.newest().schedule().text()))
                .toList();
    }

    private static TickMark.Run begun(Claimed last) {
        return new TickMark.Run.Begun(last.until());
    }

    @Override
    public synchronized List<TaskName> idleSince(Instant moment) {
        return schedules.entrySet().stream()
                .filter(entry -> entry.getValue().idleSince(moment))
                .map(Map.Entry::getKey)
                .toList();
    }

    @Override
    public synchronized void forget(TaskName schedule, Instant idleSince) {
        schedules.computeIfPresent(schedule, (name, last) -> last.idleSince(idleSince) ? null : last);
    }

    private boolean runs(Tick tick) {
        var last = schedules.get(tick.schedule());
        return last != null && last.tick().equals(tick) && !last.ended();
    }

    private Optional<Tick> claimed(Tick tick, TickClaim claim) {
        schedules.put(tick.schedule(), new Claimed(tick, claim.until()));
        return Optional.of(tick);
    }
}
