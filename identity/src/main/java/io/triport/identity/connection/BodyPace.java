package io.triport.identity.connection;

/** When the next piece of a body has to be here. Only time spent waiting for the client counts. */
final class BodyPace {
    private static final long NOT_WAITING = -1;
    private static final double NANOS_PER_SECOND = 1e9;

    private final long wholeNanos;
    private final long idleNanos;
    private final long graceNanos;
    private final double nanosPerByte;
    private long waited;
    private long received;
    private long waitingSince = NOT_WAITING;

    BodyPace(EdgeLimits.Pace pace) {
        this.wholeNanos = pace.whole().toNanos();
        this.idleNanos = pace.idle().toNanos();
        this.graceNanos = pace.grace().toNanos();
        this.nanosPerByte = NANOS_PER_SECOND / pace.perSecond().bytes();
    }

    void begin() {
        waited = 0;
        received = 0;
        waitingSince = NOT_WAITING;
    }

    boolean waiting() {
        return waitingSince != NOT_WAITING;
    }

    /** Starts to wait and says until when. */
    long waitFrom(long now) {
        waitingSince = now;
        var atRate = (long) (received * nanosPerByte);
        return now + Math.min(idleNanos, Math.min(wholeNanos, Math.max(graceNanos, atRate)) - waited);
    }

    void received(int bytes, long now) {
        received += bytes;
        waited += now - waitingSince;
        waitingSince = NOT_WAITING;
    }
}
