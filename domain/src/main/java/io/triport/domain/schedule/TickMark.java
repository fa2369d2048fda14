package io.triport.domain.schedule;

import java.time.Instant;

/**
 * What is noted of a schedule.
 *
 * @param newest the newest tick that was claimed; that of the moment at which the schedule was first seen, before there was any
 * @param run what became of it
 */
public record TickMark(Tick newest, TickMark.Run run) {
    /** What became of a tick that was claimed. */
    public sealed interface Run {
        Run ENDED = new Ended();

        /** Its work has ended, or there was none. */
        record Ended() implements Run {}

        /** It was not said to have ended. @param until then it is held; later its node has died, and another does it again */
        record Begun(Instant until) implements Run {}
    }
}
