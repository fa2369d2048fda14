package io.triport.storage.caffeine;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.triport.domain.cache.StoredResponse;
import io.triport.domain.request.ByteSize;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The responses by where they lie, on the heap but for bodies on the disk. Safe for many threads. */
final class Shelves {
    /*
     * Two parts that lose things on their own
     *
     * The heap lets a place go with all its responses, or a newer response takes the place of an older; the disk lets bodies go.
     * Both only note here which bodies that was about, since they tell it while they hold locks of theirs. After each call the notes
     * are settled, outside of those locks: under the lock of the place, either its responses name the body and the disk holds it, or
     * it is taken out of both. A file is removed after its body is out. So when all calls have ended, the files are the bodies that
     * responses have.
     *
     * Order of locks: a place on the heap, then the disk. The disk never asks the heap.
     */
    private final Queue<DiskBody> unsettled = new ConcurrentLinkedQueue<>();
    private final Cache<Place, Variants> responses;

    /** @param most bytes of the heap that all may take */
    Shelves(ByteSize most) {
        this.responses = Caffeine.newBuilder()
                .maximumWeight(most.bytes())
                .<Place, Variants>weigher((place, variants) -> place.weight() + variants.weight())
                .<Place, Variants>removalListener((place, variants, cause) -> {
                    if (variants != null) {
                        variants.filed().forEach(unsettled::add);
                    }
                })
                // What has to go goes before a call returns, and no thread of somebody else's is needed.
                .executor(Runnable::run)
                .build();
    }

    /** The newest first; empty where there are none. */
    Variants at(Place place) {
        var found = responses.getIfPresent(place);
        return found == null ? Variants.NONE : found;
    }

    Set<Place> places() {
        return responses.asMap().keySet();
    }

    void keep(Place place, StoredResponse stored) {
        responses.asMap().compute(place, (at, before) -> {
            if (stored.body() instanceof DiskBody body) {
                body.part().hold(body);
            }
            return Variants.with(stored, before);
        });
    }

    void remove(Place place, Predicate<StoredResponse> going) {
        responses.asMap().computeIfPresent(place, (at, variants) -> variants.without(going));
    }

    /** All at a place. @return what was there */
    Variants remove(Place place) {
        var gone = responses.asMap().remove(place);
        return gone == null ? Variants.NONE : gone;
    }

    void empty() {
        responses.invalidateAll();
    }

    /** A body went from the disk. */
    void unsettle(DiskBody body) {
        unsettled.add(body);
    }

    /** After every call, for a read may let something go, too; and without a lock. */
    void settle() {
        for (var body = unsettled.poll(); body != null; body = unsettled.poll()) {
            settle(body);
        }
    }

    private void settle(DiskBody body) {
        responses.asMap().compute(body.spot().place(), (at, variants) -> settled(body, variants));
        if (!body.part().holds(body)) {
            body.file().remove();
        }
    }

    private static @Nullable Variants settled(DiskBody body, @Nullable Variants variants) {
        if (variants == null || !variants.name(body)) {
            body.part().release(body);
            return variants;
        }
        return body.part().holds(body) ? variants : variants.without(one -> one.body() == body);
    }

    /** The bodies that responses name. */
    Stream<DiskBody> filed() {
        return responses.asMap().values().stream().flatMap(Variants::filed);
    }
}
