package io.triport.storage.onnx;

import java.util.List;
import java.util.function.Consumer;

/** Inputs a few at a time: what a model needs for a hundred long ones at once is more than a server has to spare. */
final class Batches {
    private static final int SIZE = 16;

    private Batches() {}

    static void each(List<Tokens> inputs, Consumer<List<Tokens>> batch) {
        for (var from = 0; from < inputs.size(); from += SIZE) {
            batch.accept(inputs.subList(from, Math.min(inputs.size(), from + SIZE)));
        }
    }

    static long tokens(List<Tokens> inputs) {
        return inputs.stream().mapToLong(one -> one.ids().size()).sum();
    }
}
