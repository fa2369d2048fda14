package io.triport.storage.disk;

import io.triport.domain.failure.FailureCode;
import java.io.IOException;
import java.util.Locale;
import java.util.stream.Stream;

/** Tells a full disk from one that fails. */
public final class NoSpace {
    private NoSpace() {}

    /** Java has no type for it, only the words of the system: of Linux and macOS for space and quota, and of Windows. */
    public static FailureCode code(IOException failure) {
        var said = failure.getMessage() == null ? "" : failure.getMessage().toLowerCase(Locale.ROOT);
        var full =
                Stream.of("no space left", "quota exceeded", "not enough space").anyMatch(said::contains);
        return full ? FailureCode.FULL : FailureCode.UNAVAILABLE;
    }
}
