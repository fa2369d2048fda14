package io.triport.storage.object;

import io.triport.domain.object.Checksum;
import io.triport.domain.object.ChecksumAlgorithm;
import io.triport.domain.request.Bytes;
import org.jspecify.annotations.Nullable;

/** A checksum as rows keep it; empty for none. */
public record ChecksumText(String text) {
    public static ChecksumText of(@Nullable Checksum checksum) {
        return new ChecksumText(
                checksum == null
                        ? ""
                        : checksum.algorithm() + " " + checksum.scope() + " "
                                + checksum.value().toHex());
    }

    /** Null for none. */
    public @Nullable Checksum checksum() {
        if (text.isEmpty()) {
            return null;
        }
        var words = text.split(" ", -1);
        return new Checksum(
                ChecksumAlgorithm.valueOf(words[0]), Bytes.parseHex(words[2]), Checksum.Scope.valueOf(words[1]));
    }
}
