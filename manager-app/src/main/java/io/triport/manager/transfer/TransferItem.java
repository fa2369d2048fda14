package io.triport.manager.transfer;

import io.triport.domain.keyvalue.Expiry;
import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.keyvalue.KvMetadata;
import io.triport.domain.request.Bytes;
import io.triport.domain.table.JsonText;
import io.triport.domain.table.KeyTag;
import java.util.List;

/**
 * A key with all that belongs to it, as files carry it.
 *
 * @param custom a JSON object, or nothing
 */
public record TransferItem(
        KvKey key, Bytes value, Expiry expiry, KvMetadata metadata, JsonText custom, List<KeyTag> tags) {
    static final int CUSTOM_BYTES = 1024 * 1024;

    public TransferItem {
        tags = List.copyOf(tags);
    }

    /** Bytes of the value and of what stands beside it, about. */
    public long weight() {
        return (long) value.size() + custom.text().length() + metadata.json().size();
    }
}
