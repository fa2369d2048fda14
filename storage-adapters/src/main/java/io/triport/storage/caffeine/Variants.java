package io.triport.storage.caffeine;

import io.triport.domain.cache.StoredResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The responses of one URL, at most 32, the newest first. Never changes, so that a reader sees all of one moment. */
record Variants(List<StoredResponse> responses) {
    static final Variants NONE = new Variants(List.of());

    private static final int MOST = 32;

    Variants {
        responses = List.copyOf(responses);
    }

    /** @param before null where there are none */
    static Variants with(StoredResponse response, @Nullable Variants before) {
        var all = new ArrayList<StoredResponse>();
        all.add(response);
        if (before != null) {
            before.responses.stream()
                    .filter(old -> !response.replaces(old))
                    .limit(MOST - 1L)
                    .forEach(all::add);
        }
        return new Variants(all);
    }

    /** Null where none is left. */
    @Nullable
    Variants without(Predicate<StoredResponse> going) {
        var left = responses.stream().filter(going.negate()).toList();
        return left.isEmpty() ? null : new Variants(left);
    }

    /** Whether one has the body, this very one. */
    boolean name(DiskBody body) {
        return responses.stream().anyMatch(one -> one.body() == body);
    }

    /** The bodies that lie on the disk. */
    Stream<DiskBody> filed() {
        return responses.stream()
                .flatMap(one -> one.body() instanceof DiskBody body ? Stream.of(body) : Stream.<DiskBody>empty());
    }

    int weight() {
        return (int) Math.min(
                Integer.MAX_VALUE / 2,
                responses.stream().mapToLong(StoredResponse::weight).sum());
    }
}
