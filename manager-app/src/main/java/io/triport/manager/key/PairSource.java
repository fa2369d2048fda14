package io.triport.manager.key;

import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.keyvalue.KvPair;
import java.util.List;
import java.util.function.Consumer;

/** Pairs that are put as one. Memory need not have room for all of them: they are read some at a time, and again when asked. */
public interface PairSource {
    /** The names of all. */
    List<KvKey> keys();

    /** Gives all in their order, as many at a time as one call of a store may bring. */
    void each(Consumer<List<KvPair>> taker);

    /** Pairs that memory has room for, and one call. */
    static PairSource of(List<KvPair> pairs) {
        return new Held(List.copyOf(pairs));
    }

    /** All at once. */
    record Held(List<KvPair> pairs) implements PairSource {
        @Override
        public List<KvKey> keys() {
            return pairs.stream().map(KvPair::key).toList();
        }

        @Override
        public void each(Consumer<List<KvPair>> taker) {
            taker.accept(pairs);
        }
    }
}
