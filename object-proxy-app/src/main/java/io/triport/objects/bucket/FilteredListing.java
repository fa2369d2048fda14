package io.triport.objects.bucket;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.identity.KeyPrefix;
import io.triport.domain.object.ListStart;
import io.triport.domain.object.Listed;
import io.triport.domain.object.ObjectInfo;
import io.triport.domain.object.ObjectPage;
import io.triport.domain.object.ObjectQuery;
import io.triport.domain.object.ObjectStore;
import io.triport.domain.object.VersionId;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.InvalidInput;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Listings of the keys that a caller may see, as if there were no others.
 *
 * @param store asked for what lies under the prefixes and nothing else
 * @param allowed none under another
 */
public record FilteredListing(ObjectStore store, Set<KeyPrefix> allowed) {
    /** @param query from {@link ListStart.Resumed} only where a page of this said so */
    public ObjectPage list(ObjectQuery query) {
        var from = query.start() instanceof ListStart.Resumed(var position) ? Position.parse(position) : query.start();
        var walk = new Walk(store, query.from(from));
        for (var run : KeyRun.of(allowed, query.prefix())) {
            walk.add(run);
        }
        return walk.page();
    }

    /** One page on its way. For one thread. */
    private static final class Walk {
        private final ObjectStore store;
        private final ObjectQuery query;
        private final List<Listed> found = new ArrayList<>();

        private Walk(ObjectStore store, ObjectQuery query) {
            this.store = store;
            this.query = query;
        }

        void add(KeyRun run) {
            var common = rolledUp(run.begin());
            if (full() || before(run)) {
                return;
            }
            if (common != null) {
                if (fresh(common) && any(run)) {
                    found.add(new Listed.CommonPrefix(common));
                }
                return;
            }
            // A delimiter of several characters may begin within the prefix, where the store does not look for it.
            var whole = run.extent() == KeyRun.Extent.ONE
                    || query.delimiter().size() > 1 && !run.begin().equals(query.prefix());
            var next = new ObjectQuery(
                    run.begin(),
                    whole ? Bytes.EMPTY : query.delimiter(),
                    query.start(),
                    query.limit(),
                    query.versions());
            while (true) {
                var page = store.list(next);
                for (var entry : page.entries()) {
                    if (!run.takes(entry.sortedBy())) {
                        return;
                    }
                    take(entry);
                    if (full()) {
                        return;
                    }
                }
                if (!(page instanceof ObjectPage.More more) || over(run, page)) {
                    return;
                }
                next = next.from(new ListStart.Resumed(more.next()));
            }
        }

        /** A key comes before all that begin with it, of which there may be many that nobody may see. */
        private static boolean over(KeyRun run, ObjectPage page) {
            return run.extent() == KeyRun.Extent.ONE && page.entries().isEmpty();
        }

        private void take(Listed entry) {
            var common = rolledUp(entry.sortedBy());
            if (common == null) {
                found.add(entry);
            } else if (fresh(common)) {
                found.add(new Listed.CommonPrefix(common));
            }
        }

        /** Whether all of a run was shown. */
        private boolean before(KeyRun run) {
            return query.start() instanceof ListStart.After(var key, var version)
                    && run.begin().compareTo(key) <= 0
                    && !(run.extent() == KeyRun.Extent.ALL ? key.startsWith(run.begin()) : key.equals(run.begin()));
        }

        /** Whether a common prefix was neither shown nor found. */
        private boolean fresh(Bytes common) {
            return !(query.start() instanceof ListStart.After(var key, var version) && common.compareTo(key) <= 0)
                    && (found.isEmpty() || !found.getLast().sortedBy().equals(common));
        }

        private boolean any(KeyRun run) {
            var next = new ObjectQuery(run.begin(), Bytes.EMPTY, new ListStart.Beginning(), 1, query.versions());
            while (true) {
                var page = store.list(next);
                if (!page.entries().isEmpty()) {
                    return run.takes(page.entries().getFirst().sortedBy());
                }
                if (!(page instanceof ObjectPage.More more) || over(run, page)) {
                    return false;
                }
                next = next.from(new ListStart.Resumed(more.next()));
            }
        }

        /** The common prefix that a key is shown as; null where it is shown as itself. */
        private @Nullable Bytes rolledUp(Bytes key) {
            var size = query.delimiter().size();
            for (var at = query.prefix().size(); size > 0 && at + size <= key.size(); at++) {
                if (key.slice(at, at + size).equals(query.delimiter())) {
                    return key.slice(0, at + size);
                }
            }
            return null;
        }

        /** One more than asked for says that more follow. */
        private boolean full() {
            return found.size() > query.limit();
        }

        ObjectPage page() {
            if (!full()) {
                return new ObjectPage.Last(found);
            }
            var shown = found.subList(0, query.limit());
            return new ObjectPage.More(shown, Position.of(shown.getLast(), query.versions()));
        }
    }

    /** Where a page ended, as text. */
    private static final class Position {
        private static final String MARK = "f";

        private Position() {}

        static String of(Listed last, ObjectQuery.Versions versions) {
            var version = versions == ObjectQuery.Versions.CURRENT
                    ? ""
                    : switch (last) {
                        case Listed.Item(ObjectInfo info, var latest) ->
                            info.version().text();
                        case Listed.DeleteMarker marker -> marker.version().text();
                        case Listed.CommonPrefix common -> "";
                    };
            return MARK + "." + encoded(last.sortedBy()) + "." + encoded(Bytes.utf8(version));
        }

        static ListStart parse(String text) {
            var parts = text.split("[.]", -1);
            try {
                if (parts.length == 3 && parts[0].equals(MARK)) {
                    var version = new String(Base64.getUrlDecoder().decode(parts[2]), StandardCharsets.UTF_8);
                    return new ListStart.After(
                            Bytes.copyOf(Base64.getUrlDecoder().decode(parts[1])),
                            version.isEmpty() ? null : new VersionId(version));
                }
            } catch (IllegalArgumentException | InvalidInput e) {
                throw foreign();
            }
            throw foreign();
        }

        private static StorageFailure foreign() {
            return new StorageFailure.Rejected(FailureCode.BAD_CURSOR, "listing: no position of this listing");
        }

        private static String encoded(Bytes bytes) {
            return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.toByteArray());
        }
    }
}
