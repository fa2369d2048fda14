package io.triport.domain.schedule;

import io.triport.domain.request.TaskName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Which ticks of schedules were run, so that of several nodes one runs each (storage contract, section 10). Of a schedule one tick
 * at a time is claimed; a claim that nobody ends or holds is another's to take over, so that a run whose node died is done again.
 * Moments are kept to the millisecond. Safe for many threads.
 *
 * <p>Every method throws {@link io.triport.domain.failure.StorageFailure.Unavailable} when the store does not answer.
 */
public interface TickLedger {
    /**
     * The tick that the caller is to run now: one that was claimed and whose run has not ended in time, with another attempt; else
     * the newest one of the claim, if it is later than all that were claimed. Empty while a run lasts, and the first time that a
     * schedule is seen, whose ticks until then count as run.
     */
    Optional<Tick> claim(TaskName schedule, TickClaim claim);

    /** Keeps others from taking the run over until then. @return false when another has, or when it has ended */
    boolean hold(Tick tick, Instant until);

    /** The run has ended; without effect when another has taken it over. */
    void done(Tick tick);

    /** What is noted of all schedules, in the order of their names. */
    List<TickMark> marks();

    /** Schedules whose newest tick is older than the moment, and whose run has ended. */
    List<TaskName> idleSince(Instant moment);

    /** Forgets a schedule, unless it is not idle since then any more. It is then as one that was never seen. */
    void forget(TaskName schedule, Instant idleSince);
}
