package io.triport.gateway.upstream;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Weighted rendezvous: each target draws a number for the key, and the largest wins. */
final class ConsistentHash<T> implements Balancer<T> {
    /*
     * What a target draws depends on the key, its name and its weight, and on no other target. So a target that comes takes keys
     * from others and moves none between them, whatever the weights (Schindelhauer and Schomaker, "Weighted Distributed Hash
     * Tables", 2005: -weight / ln(u) is largest with the probability that the weights say).
     */
    private static final double UNIT = 0x1.0p-53;

    private final List<Choice<T>> choices;
    private final long[] names;

    ConsistentHash(List<Choice<T>> choices) {
        this.choices = choices;
        this.names = choices.stream().mapToLong(choice -> hash(choice.name())).toArray();
    }

    @Override
    public Optional<T> choose(Predicate<? super T> usable, String key) {
        var hash = hash(key);
        @Nullable T best = null;
        var highest = 0.0;
        for (var i = 0; i < names.length; i++) {
            var choice = choices.get(i);
            var draw = draw(mixed(hash ^ names[i]), choice.weight());
            if (draw > highest && usable.test(choice.target())) {
                best = choice.target();
                highest = draw;
            }
        }
        return Optional.ofNullable(best);
    }

    /** Above zero for any bits. */
    private static double draw(long bits, int weight) {
        var even = ((bits >>> 11) + 0.5) * UNIT;
        return -weight / Math.log(even);
    }

    /** FNV-1a over the characters; its end bits are weak, hence the finalizer. */
    private static long hash(String text) {
        var hash = 0xcbf29ce484222325L;
        for (var i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
        }
        return mixed(hash);
    }

    /** The finalizer of MurmurHash3. */
    private static long mixed(long bits) {
        var hash = (bits ^ (bits >>> 33)) * 0xff51afd7ed558ccdL;
        hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return hash ^ (hash >>> 33);
    }
}
