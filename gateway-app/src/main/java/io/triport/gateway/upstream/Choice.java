package io.triport.gateway.upstream;

import java.util.List;

/**
 * A target among others.
 *
 * @param name tells it from the others, on all nodes and after a restart
 * @param weight its share relative to the others, 1 to 1000
 */
public record Choice<T>(T target, String name, int weight) {
    private static final int HEAVIEST = 1_000;

    public Choice {
        if (weight < 1 || weight > HEAVIEST) {
            throw new IllegalArgumentException("weight: " + weight + " (expected: 1..1000)");
        }
    }

    static <T> List<Choice<T>> requireSome(List<Choice<T>> choices) {
        var names = choices.stream().map(Choice::name).distinct().count();
        if (choices.isEmpty() || names < choices.size()) {
            throw new IllegalArgumentException("targets: " + names + " names for " + choices.size()
                    + " (expected: at least one, with names of their own)");
        }
        return List.copyOf(choices);
    }
}
