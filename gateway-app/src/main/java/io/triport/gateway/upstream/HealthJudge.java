package io.triport.gateway.upstream;

/** Judges a target by its checks: it is healthy until several in a row say otherwise, and the other way round. Safe for many threads. */
public final class HealthJudge {
    /* This object's monitor guards the count; the verdict is read without it. */
    private final int unhealthyAfter;
    private final int healthyAfter;
    private volatile boolean healthy = true;
    private int against;

    /** @param unhealthyAfter failed checks in a row, 1 or more @param healthyAfter passed checks in a row, 1 or more */
    public HealthJudge(int unhealthyAfter, int healthyAfter) {
        if (unhealthyAfter < 1 || healthyAfter < 1) {
            throw new IllegalArgumentException(
                    "checks in a row: " + unhealthyAfter + " and " + healthyAfter + " (expected: 1 or more)");
        }
        this.unhealthyAfter = unhealthyAfter;
        this.healthyAfter = healthyAfter;
    }

    public boolean healthy() {
        return healthy;
    }

    /** @return whether the verdict changed with it */
    public boolean passed() {
        return judge(true);
    }

    /** @return whether the verdict changed with it */
    public boolean failed() {
        return judge(false);
    }

    private synchronized boolean judge(boolean passed) {
        against = passed == healthy ? 0 : against + 1;
        if (against < (healthy ? unhealthyAfter : healthyAfter)) {
            return false;
        }
        against = 0;
        healthy = passed;
        return true;
    }
}
