package io.triport.gateway.upstream;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** Looks at all targets, from another one each time, so that equals take turns. */
final class LeastRequests<T> implements Balancer<T> {
    private final List<Choice<T>> choices;
    private final ToIntFunction<? super T> underWay;
    private final AtomicInteger turn = new AtomicInteger();

    LeastRequests(List<Choice<T>> choices, ToIntFunction<? super T> underWay) {
        this.choices = choices;
        this.underWay = underWay;
    }

    @Override
    public Optional<T> choose(Predicate<? super T> usable, String key) {
        @Nullable T best = null;
        var least = Double.POSITIVE_INFINITY;
        var first = Math.floorMod(turn.getAndIncrement(), choices.size());
        for (var i = 0; i < choices.size(); i++) {
            var choice = choices.get((first + i) % choices.size());
            // With the request that is to come: an idle heavy target goes before an idle light one.
            var load = (underWay.applyAsInt(choice.target()) + 1.0) / choice.weight();
            if (load < least && usable.test(choice.target())) {
                best = choice.target();
                least = load;
            }
        }
        return Optional.ofNullable(best);
    }
}
