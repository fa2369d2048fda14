package io.triport.gateway.upstream;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/** Walks through a schedule in which heavy targets come often, and never all at once. */
final class RoundRobin<T> implements Balancer<T> {
    /*
     * The schedule is made once, by the smooth weighted rule: each target gains its weight in each round, the richest is
     * scheduled and pays what all gained. A walker that meets an unusable target draws the next place, so that places of a
     * missing target fall to all others and not to its successor.
     */
    private final List<Choice<T>> choices;
    private final int[] schedule;
    private final AtomicLong next = new AtomicLong();

    RoundRobin(List<Choice<T>> choices) {
        this.choices = choices;
        this.schedule = schedule(choices.stream().mapToInt(Choice::weight).toArray());
    }

    @Override
    public Optional<T> choose(Predicate<? super T> usable, String key) {
        for (var tried = 0; tried < schedule.length; tried++) {
            var place = (int) (next.getAndIncrement() % schedule.length);
            var target = choices.get(schedule[place]).target();
            if (usable.test(target)) {
                return Optional.of(target);
            }
        }
        // Others drew places between ours, perhaps all those of the one that is left.
        return choices.stream().map(Choice::target).filter(usable).findFirst();
    }

    private static int[] schedule(int[] weights) {
        var divisor = BigInteger.ZERO;
        for (var weight : weights) {
            divisor = divisor.gcd(BigInteger.valueOf(weight));
        }
        var sum = 0;
        for (var i = 0; i < weights.length; i++) {
            weights[i] /= divisor.intValueExact();
            sum += weights[i];
        }
        var places = new int[sum];
        var wealth = new int[weights.length];
        for (var place = 0; place < sum; place++) {
            var richest = 0;
            for (var i = 0; i < weights.length; i++) {
                wealth[i] += weights[i];
                richest = wealth[i] > wealth[richest] ? i : richest;
            }
            wealth[richest] -= sum;
            places[place] = richest;
        }
        return places;
    }
}
