package io.triport.storage.durable;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.storage.NodeAddress;
import io.triport.domain.time.Ticker;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Brings events to whichever node has their object. Safe for many threads. */
final class Owners {
    /*
     * Who has an object is asked of the store when a claim has failed, and remembered: where it is not true any more, the node that was
     * asked knows better, or does not answer; so it costs time when it is wrong, and never more. While nobody can be reached who
     * has the object, the claim is tried again, because an owner that is gone loses it soon.
     */
    private static final int MOST_KNOWN = 10_000;
    private static final int TRIES = 100;
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Peers peers;
    private final Ticker ticker;
    private final Runnable pause;
    private final Cache<Address, NodeAddress> known =
            Caffeine.newBuilder().maximumSize(MOST_KNOWN).build();

    Owners(Peers peers, Ticker ticker, Runnable pause) {
        this.peers = peers;
        this.ticker = ticker;
        this.pause = pause;
    }

    /** @throws StorageFailure.Unavailable where the node that has the object cannot be reached: nothing happened */
    <R> R reach(Address address, Supplier<Handing<R>> here, Function<NodeAddress, Handing<R>> there) {
        var began = ticker.nanos();
        var owner = known.getIfPresent(address);
        for (var tried = 0; tried < TRIES && ticker.nanos() - began <= PATIENCE.toNanos(); tried++) {
            switch (owner == null ? here.get() : there.apply(owner)) {
                case Handing.Given<R>(var answer) -> {
                    return answer;
                }
                case Handing.Elsewhere<R>(var other) -> owner = noted(address, owner, other);
                case Handing.Missed<R> missed -> {
                    owner = noted(address, owner, null);
                    pause.run();
                }
            }
        }
        throw new StorageFailure.Unavailable(FailureCode.UNAVAILABLE, "object: the node that has it cannot be reached");
    }

    /** @return whom to ask next; null for this node */
    private @Nullable NodeAddress noted(Address address, @Nullable NodeAddress asked, @Nullable NodeAddress other) {
        if (other == null || other.equals(asked) || !peers.reach(other)) {
            known.invalidate(address);
            return null;
        }
        known.put(address, other);
        return other;
    }
}
