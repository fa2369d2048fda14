package io.triport.domain.object;

import io.triport.domain.request.Bytes;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Unfinished uploads. @param next behind what the listing goes on; null where nothing follows */
public record UploadPage(List<Entry> entries, @Nullable Position next) {
    public UploadPage {
        entries = List.copyOf(entries);
    }

    /** For the {@code after} of a query. @param upload null behind all uploads of the key */
    public record Position(Bytes key, @Nullable UploadId upload) {}

    /** An entry, in the order of its key's or prefix's bytes. */
    public sealed interface Entry {
        record Upload(UploadRef upload, Instant started, UploadOptions options) implements Entry {}

        record CommonPrefix(Bytes prefix) implements Entry {}
    }
}
