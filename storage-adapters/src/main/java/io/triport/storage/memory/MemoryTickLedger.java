package io.triport.storage.memory;

import io.triport.domain.request.TaskName;
import io.triport.domain.schedule.Tick;
import io.triport.domain.schedule.TickClaim;
import io.triport.domain.schedule.TickLedger;
import io.triport.domain.schedule.TickMark;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/** Ticks of the one process. A schedule changes as a whole, under the lock of its entry. */
final class MemoryTickLedger implements TickLedger {
    private final ConcurrentMap<TaskName, Last> schedules = new ConcurrentHashMap<>();

    /** The last tick that was claimed. */
    private record Last(Tick tick, State state, Instant until) {
        boolean idleSince(Instant moment) {
            return state == State.ENDED && tick.dueAt().isBefore(moment);
        }

        TickMark mark() {
            return new TickMark(
                    tick,
                    switch (state) {
                        case RUNS -> new TickMark.Run.Begun(until);
                        case ENDED -> TickMark.Run.ENDED;
                    });
        }
    }

    private enum State {
        RUNS,
        ENDED
    }

    @Override
    public Optional<Tick> claim(TaskName schedule, TickClaim claim) {
        var claimed = new AtomicReference<Optional<Tick>>(Optional.empty());
        schedules.compute(schedule, (name, last) -> {
            if (last == null) {
                return new Last(new Tick(name, claim.now(), 1), State.ENDED, claim.now());
            }
            var next = next(last, claim);
            claimed.set(next);
            return next.map(tick -> new Last(tick, State.RUNS, claim.until())).orElse(last);
        });
        return claimed.get();
    }

    @Override
    public boolean hold(Tick tick, Instant until) {
        return replace(tick, new Last(tick, State.RUNS, until));
    }

    @Override
    public void done(Tick tick) {
        replace(tick, new Last(tick, State.ENDED, tick.dueAt()));
    }

    @Override
    public List<TickMark> marks() {
        return schedules.values().stream()
                .map(Last::mark)
                .sorted(Comparator.comparing(mark -> mark.newest().schedule().text()))
                .toList();
    }

    @Override
    public List<TaskName> idleSince(Instant moment) {
        return schedules.entrySet().stream()
                .filter(entry -> entry.getValue().idleSince(moment))
                .map(Map.Entry::getKey)
                .toList();
    }

    @Override
    public void forget(TaskName schedule, Instant idleSince) {
        schedules.computeIfPresent(schedule, (name, last) -> last.idleSince(idleSince) ? null : last);
    }

    private boolean replace(Tick tick, Last other) {
        var replaced = new AtomicBoolean();
        schedules.computeIfPresent(tick.schedule(), (name, last) -> {
            replaced.set(last.state() == State.RUNS && last.tick().equals(tick));
            return replaced.get() ? other : last;
        });
        return replaced.get();
    }

    private static Optional<Tick> next(Last last, TickClaim claim) {
        var tick = last.tick();
        return switch (last.state()) {
            case RUNS ->
                last.until().isAfter(claim.now())
                        ? Optional.empty()
                        : Optional.of(new Tick(tick.schedule(), tick.dueAt(), tick.attempt() + 1));
            case ENDED ->
                claim.newest().isAfter(tick.dueAt())
                        ? Optional.of(new Tick(tick.schedule(), claim.newest(), 1))
                        : Optional.empty();
        };
    }
}
