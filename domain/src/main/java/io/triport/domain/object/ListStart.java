package io.triport.domain.object;

import io.triport.domain.request.Bytes;
import org.jspecify.annotations.Nullable;

/** Where a page of a listing begins. */
public sealed interface ListStart {
    record Beginning() implements ListStart {}

    /**
     * Behind a key, whether it is there or not; a common prefix that the key lies in is not given again. Of versions: behind the
     * given one of that key, or behind all of them.
     *
     * @param key any bytes, such as a marker of a client's own making
     * @param version null for all versions of the key
     */
    record After(Bytes key, @Nullable VersionId version) implements ListStart {}

    /** Where {@link ObjectPage.More} said; a text of the store's own, of at most 2048 characters. */
    record Resumed(String position) implements ListStart {}
}
