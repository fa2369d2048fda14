package io.triport.storage.nats;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.request.Bytes;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A stream of a test, which says what its answers come to. */
final class MemoryStream implements EntryStream {
    private final NavigableMap<Long, Bytes> entries = new TreeMap<>();
    private final Deque<Fate> fates = new ArrayDeque<>();
    private String created = "first";
    private long last;
    private @Nullable Runnable late;
    private boolean away;

    /** What becomes of an entry. */
    enum Fate {
        ANSWERED,
        ADDED_UNANSWERED,
        LOST_UNANSWERED,
        /** It arrives before the next one. */
        LATE_UNANSWERED
    }

    /** What becomes of the next ones; after these all are answered. */
    void next(Fate... fate) {
        fates.addAll(List.of(fate));
    }

    void away(boolean is) {
        away = is;
    }

    int size() {
        return entries.size();
    }

    /** Another stream of the same name, empty. */
    void makeAnew() {
        created = created + " again";
        entries.clear();
        last = 0;
    }

    void damage(long number) {
        entries.put(number, Bytes.utf8("no entry"));
    }

    void lose(long number) {
        entries.remove(number);
    }

    @Override
    public Extent extent() {
        requireThere();
        return new Extent(created, entries.isEmpty() ? last + 1 : entries.firstKey(), last);
    }

    @Override
    public Map<Long, Bytes> read(Collection<Long> numbers) {
        requireThere();
        var found = new HashMap<Long, Bytes>();
        for (var number : numbers) {
            var entry = entries.get(number);
            if (entry == null) {
                throw new Gone(number);
            }
            found.put(number, entry);
        }
        return found;
    }

    @Override
    public Appended append(long behind, byte[] entry) {
        requireThere();
        var fate = fates.isEmpty() ? Fate.ANSWERED : fates.removeFirst();
        if (late != null) {
            late.run();
            late = null;
        }
        return switch (fate) {
            case ANSWERED -> add(behind, entry);
            case ADDED_UNANSWERED -> {
                add(behind, entry);
                yield Appended.UNANSWERED;
            }
            case LOST_UNANSWERED -> Appended.UNANSWERED;
            case LATE_UNANSWERED -> {
                late = () -> add(behind, entry);
                yield Appended.UNANSWERED;
            }
        };
    }

    @Override
    public void cut(long before) {
        requireThere();
        entries.headMap(before).clear();
    }

    @Override
    public void close() {
        away = true;
    }

    private Appended add(long behind, byte[] entry) {
        if (behind != last) {
            return Appended.REFUSED;
        }
        last++;
        entries.put(last, Bytes.copyOf(entry));
        return Appended.DONE;
    }

    private void requireThere() {
        if (away) {
            throw new StorageFailure.Unavailable(FailureCode.UNAVAILABLE, "away");
        }
    }
}
