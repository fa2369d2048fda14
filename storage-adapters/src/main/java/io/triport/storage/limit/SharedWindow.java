package io.triport.storage.limit;

import io.triport.domain.request.Bytes;
import io.triport.domain.request.RateLimit;
import io.triport.domain.request.WindowCount;

/** What all nodes took in a window. */
final class SharedWindow implements Counted {
    private final RateLimit limit;
    private final long now;
    private final WindowCount count;

    /** @param state empty when nothing was taken */
    SharedWindow(RateLimit limit, byte[] state, long now) {
        this.limit = limit;
        this.now = now;
        this.count = state.length == 0 ? WindowCount.of(limit) : WindowCount.parse(limit, Bytes.copyOf(state));
        count.advance(now);
    }

    /** A limit that was lowered may have had more taken than it now has. */
    @Override
    public long remaining() {
        return Math.max(0, limit.limit() - count.taken());
    }

    @Override
    public long nanosUntil(long cost) {
        return count.nanosUntil(limit.limit() - cost, now);
    }

    @Override
    public void take(long cost) {
        count.add(now, cost);
    }

    @Override
    public long nanosUntilWhole() {
        return count.nanosUntil(0, now);
    }

    @Override
    public byte[] state() {
        return count.toBytes().toByteArray();
    }
}
