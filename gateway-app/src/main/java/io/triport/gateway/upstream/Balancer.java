package io.triport.gateway.upstream;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;

/** Chooses among the targets of an upstream. Safe for many threads. @param <T> what a target is to the caller */
public sealed interface Balancer<T> permits RoundRobin, LeastRequests, ConsistentHash {
    /**
     * The target for a request, empty when none is usable.
     *
     * @param usable asked for one target after the other until it says yes
     * @param key what requests for the same target have in common; only {@link #consistentHash} looks at it
     */
    Optional<T> choose(Predicate<? super T> usable, String key);

    /** Each in turn, as often as its weight says; what an unusable one leaves is shared by the others by their weights. */
    static <T> Balancer<T> roundRobin(List<Choice<T>> choices) {
        return new RoundRobin<>(Choice.requireSome(choices));
    }

    /** The one with the fewest requests for its weight. @param underWay requests that a target has not answered */
    static <T> Balancer<T> leastRequests(List<Choice<T>> choices, ToIntFunction<? super T> underWay) {
        return new LeastRequests<>(Choice.requireSome(choices), underWay);
    }

    /**
     * The same key goes to the same target. When a target comes, goes or becomes unusable, only keys that are or were its own
     * move.
     */
    static <T> Balancer<T> consistentHash(List<Choice<T>> choices) {
        return new ConsistentHash<>(Choice.requireSome(choices));
    }
}
