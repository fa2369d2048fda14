package io.triport.storage.durable;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.storage.NodeAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Brings events to whichever node has their object. Safe for many threads. */
final class Owners {
    /*
     * Who has an object is asked of the store when a claim has failed, and remembered: where it is not true any more, the node that was
     * asked knows better, or does not answer; so it costs time when it is wrong, and never more. While nobody can be reached who
     * has the object, the claim is tried again, because an owner that is gone loses it soon.
     *
     * Who claims first
     *
     * An object of which nothing is known is asked for at the node that its id points to among all that are near, so that they get
     * about as many each and do not compete. That node may be the wrong one, too.
     */
    private static final int MOST_KNOWN = 10_000;
    private static final int TRIES = 100;
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Turns turns;
    private final Turns.Means means;
    private final Cache<Address, NodeAddress> known =
            Caffeine.newBuilder().maximumSize(MOST_KNOWN).build();

    Owners(Turns turns, Turns.Means means) {
        this.turns = turns;
        this.means = means;
    }

    /** Lets connections to all other nodes be there before they are needed. */
    void approach() {
        turns.store().neighbours().ifPresent(nodes -> nodes.others().forEach(means.peers()::approach));
    }

    /** @throws StorageFailure.Unavailable where the node that has the object cannot be reached: nothing happened */
    <R> R reach(Address address, Supplier<Handing<R>> here, Function<NodeAddress, Handing<R>> there) {
        var began = means.ticker().nanos();
        var owner = first(address);
        for (var tried = 0; tried < TRIES && means.ticker().nanos() - began <= PATIENCE.toNanos(); tried++) {
            switch (owner == null ? here.get() : there.apply(owner)) {
                case Handing.Given<R>(var answer) -> {
                    if (owner != null) {
                        known.put(address, owner);
                    }
                    return answer;
                }
                case Handing.Elsewhere<R>(var other) -> owner = noted(address, owner, other);
                case Handing.Missed<R> missed -> {
                    owner = noted(address, owner, null);
                    means.pause().run();
                }
            }
        }
        throw new StorageFailure.Unavailable(FailureCode.UNAVAILABLE, "object: the node that has it cannot be reached");
    }

    /** @return whom to ask; null for this node */
    private @Nullable NodeAddress first(Address address) {
        var owner = known.getIfPresent(address);
        return owner != null || turns.has(address)
                ? owner
                : turns.store()
                        .neighbours()
                        .flatMap(nodes -> pointedTo(address, nodes))
                        .orElse(null);
    }

    private Optional<NodeAddress> pointedTo(Address address, Neighbours nodes) {
        var near = nodes.others().stream().filter(means.peers()::near);
        return Rendezvous.of(address, Stream.concat(near, Stream.of(nodes.self())))
                .filter(node -> !node.equals(nodes.self()));
    }

    /** @return whom to ask next; null for this node */
    private @Nullable NodeAddress noted(Address address, @Nullable NodeAddress asked, @Nullable NodeAddress other) {
        if (other == null || other.equals(asked) || !means.peers().reach(other)) {
            known.invalidate(address);
            return null;
        }
        known.put(address, other);
        return other;
    }
}
