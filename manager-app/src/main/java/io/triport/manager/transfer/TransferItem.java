package io.triport.manager.transfer;

import io.triport.domain.keyvalue.Expiry;
import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.keyvalue.KvMetadata;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.InvalidInput;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * A key with all that belongs to it, as files carry it.
 *
 * @param custom a compact JSON object of at most 1 MiB; empty where there is none
 * @param tags in their order, each once
 */
public record TransferItem(
        KvKey key, Bytes value, Expiry expiry, KvMetadata metadata, Bytes custom, List<String> tags) {
    static final int CUSTOM_BYTES = 1024 * 1024;
    private static final int MOST_TAGS = 100;
    private static final int TAG_BYTES = 128;

    /** @throws InvalidInput for custom metadata or tags outside of their bounds */
    public TransferItem {
        if (custom.size() > CUSTOM_BYTES) {
            throw new InvalidInput("custom_metadata", "at most " + CUSTOM_BYTES + " bytes");
        }
        tags = List.copyOf(new LinkedHashSet<>(tags));
        if (tags.size() > MOST_TAGS) {
            throw new InvalidInput("tags", "at most " + MOST_TAGS);
        }
        for (var tag : tags) {
            var size = Bytes.utf8(tag).size();
            if (size < 1 || size > TAG_BYTES || tag.contains(",")) {
                throw new InvalidInput("tags", "texts of 1.." + TAG_BYTES + " bytes without a comma");
            }
        }
    }
}
