package io.triport.objects.bucket;

import io.triport.domain.identity.KeyPrefix;
import io.triport.domain.object.ObjectLimits;
import io.triport.domain.object.ObjectUploads;
import io.triport.domain.object.UploadPage;
import io.triport.domain.object.UploadQuery;
import io.triport.domain.request.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Listings of the unfinished uploads that a caller may see, as if there were no others.
 *
 * @param uploads asked for what lies under the prefixes and nothing else
 * @param allowed none under another
 */
public record FilteredUploads(ObjectUploads uploads, Set<KeyPrefix> allowed) {
    public UploadPage list(UploadQuery query) {
        var walk = new Walk(uploads, query);
        for (var run : KeyRun.of(allowed, query.prefix())) {
            walk.add(run);
        }
        return walk.page();
    }

    /** One page on its way. For one thread. */
    private static final class Walk {
        private final ObjectUploads uploads;
        private final UploadQuery query;
        private final List<UploadPage.Entry> found = new ArrayList<>();

        private Walk(ObjectUploads uploads, UploadQuery query) {
            this.uploads = uploads;
            this.query = query;
        }

        void add(KeyRun run) {
            var at = new UploadPage.Position(query.after(), query.afterUpload());
            while (at != null && !full()) {
                var page = uploads.list(
                        new UploadQuery(run.begin(), Bytes.EMPTY, at.key(), at.upload(), ObjectLimits.LIST_LIMIT));
                for (var entry : page.entries()) {
                    if (entry instanceof UploadPage.Entry.Upload upload && !full()) {
                        var key = upload.upload().key().bytes();
                        if (!run.takes(key)) {
                            return;
                        }
                        take(key, upload);
                    }
                }
                at = page.next();
            }
        }

        private void take(Bytes key, UploadPage.Entry.Upload upload) {
            var common = rolledUp(key);
            if (common == null) {
                found.add(upload);
            } else if (common.compareTo(query.after()) > 0
                    && (found.isEmpty() || !place(found.getLast()).key().equals(common))) {
                found.add(new UploadPage.Entry.CommonPrefix(common));
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

        UploadPage page() {
            if (!full()) {
                return new UploadPage(found, null);
            }
            var shown = found.subList(0, query.limit());
            return new UploadPage(shown, place(shown.getLast()));
        }

        private static UploadPage.Position place(UploadPage.Entry entry) {
            return switch (entry) {
                case UploadPage.Entry.Upload(var upload, var started, var options) ->
                    new UploadPage.Position(upload.key().bytes(), upload.id());
                case UploadPage.Entry.CommonPrefix(var prefix) -> new UploadPage.Position(prefix, null);
            };
        }
    }
}
